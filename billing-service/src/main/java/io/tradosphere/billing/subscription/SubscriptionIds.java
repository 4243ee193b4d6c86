package io.tradosphere.billing.subscription;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.enums.UuidNamespace;
import java.util.UUID;

/** The ids of subscriptions: a pair of incarnations always has the same one, so that two checkouts are of one subscription. */
final class SubscriptionIds {

    private SubscriptionIds() {}

    static UUID of(UUID subscriber, long subscriberIncarnation, UUID creator, long creatorIncarnation) {
        String pair = subscriber + ":" + subscriberIncarnation + ":" + creator + ":" + creatorIncarnation;
        return UuidCreator.getNameBasedSha1(UuidNamespace.NAMESPACE_URL, "tradosphere:subscription:" + pair);
    }
}
