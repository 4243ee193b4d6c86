package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import java.util.Set;

/**
 * A handler of one type of Stripe's objects. It fetches an object outside any transaction, and then applies what Stripe
 * said in one. What it applies depends on that alone, so it does not matter which events came, in which order, or how often.
 *
 * @param <T> stripe-java's model of the object
 */
public interface StripeObjectHandler<T> {

    /** Stripe's name of the type, such as {@code subscription}. */
    String objectType();

    /** The types of events that say that such an object changed. */
    Set<String> eventTypes();

    /** Fetches the object from Stripe. */
    Uni<T> fetch(String id);

    /**
     * Applies the object's state.
     *
     * @param tx the transaction, which has locked the object's row of {@code stripe_objects}
     * @throws CannotApply when an operator has to look
     */
    Uni<Void> apply(Tx tx, T fetched);
}
