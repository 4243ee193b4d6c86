package io.tradosphere.billing.subscription;

import com.stripe.model.Subscription;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import java.util.UUID;

/** What subscriptions are sold for: creators, or the platform's tiers. */
public interface SubscriptionKind {

    /** The key in the metadata of Stripe's object that names the row. */
    String metadata();

    /**
     * Applies the state of a subscription of this kind.
     *
     * @param id the row's id
     * @param fetched with its latest invoice expanded
     */
    Uni<Void> apply(Tx tx, UUID id, Subscription fetched);
}
