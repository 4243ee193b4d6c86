package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;

/** A handler of one kind of task at Stripe. A task may run again after a crash, so it must tolerate that. */
public interface StripeTaskHandler {

    /** The kind's name, such as {@code cancel-subscription}. */
    String kind();

    /**
     * Does the task.
     *
     * @param otherStripeId null when the kind needs none
     * @throws CannotApply when an operator has to look
     */
    Uni<Void> run(String stripeId, String otherStripeId);
}
