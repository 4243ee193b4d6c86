package io.tradosphere.billing.subscription;

import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.CannotApply;
import io.tradosphere.billing.sync.StripeMirror;
import io.tradosphere.billing.sync.StripeObjectHandler;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A handler of subscriptions. What one is for says its metadata; one without was made by hand at Stripe. */
@ApplicationScoped
public class SubscriptionHandler implements StripeObjectHandler<Subscription> {

    /** Stripe's name of the type. */
    public static final String OBJECT_TYPE = "subscription";

    private static final long PAGE = 100;

    private final Stripe stripe;
    private final Instance<SubscriptionKind> kinds;

    SubscriptionHandler(Stripe stripe, @Any Instance<SubscriptionKind> kinds) {
        this.stripe = stripe;
        this.kinds = kinds;
    }

    @Override
    public String objectType() {
        return OBJECT_TYPE;
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of(
                "customer.subscription.created",
                "customer.subscription.updated",
                "customer.subscription.deleted",
                "customer.subscription.paused",
                "customer.subscription.resumed",
                "customer.subscription.trial_will_end");
    }

    @Override
    public Uni<Subscription> fetch(String id) {
        SubscriptionRetrieveParams withInvoice =
                SubscriptionRetrieveParams.builder().addExpand("latest_invoice").build();
        return stripe.call("subscriptions", api -> api.subscriptions().retrieve(id, withInvoice));
    }

    /**
     * Stripe's list of the subscriptions that are not over and whose metadata has this key.
     *
     * @param after the id after which the page begins; null for the first page
     */
    public Uni<StripeMirror.Page> list(String metadata, String after) {
        SubscriptionListParams.Builder page = SubscriptionListParams.builder().setLimit(PAGE);
        Optional.ofNullable(after).ifPresent(page::setStartingAfter);
        return stripe.call("subscriptions", api -> api.subscriptions().list(page.build()))
                .map(found -> {
                    List<Subscription> all = found.getData();
                    return new StripeMirror.Page(
                            all.stream()
                                    .filter(one -> one.getMetadata() != null
                                            && one.getMetadata().containsKey(metadata))
                                    .map(Subscription::getId)
                                    .toList(),
                            Boolean.TRUE.equals(found.getHasMore()) && !all.isEmpty()
                                    ? all.get(all.size() - 1).getId()
                                    : null);
                });
    }

    @Override
    public Uni<Void> apply(Tx tx, Subscription fetched) {
        for (SubscriptionKind kind : kinds) {
            Optional<UUID> row = rowOf(fetched, kind.metadata());
            if (row.isPresent()) {
                return kind.apply(tx, row.get(), fetched);
            }
        }
        return Uni.createFrom().voidItem();
    }

    private static Optional<UUID> rowOf(Subscription subscription, String key) {
        Map<String, String> metadata = subscription.getMetadata();
        String id = metadata == null ? null : metadata.get(key);
        try {
            return Optional.ofNullable(id).map(UUID::fromString);
        } catch (IllegalArgumentException notOurs) {
            throw new CannotApply("the metadata " + key + " is not an id: " + id);
        }
    }
}
