package io.tradosphere.stripefake.billing;

import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Shape;

/** The parameters of subscriptions. */
public final class SubscriptionShapes {

    private SubscriptionShapes() {}

    /** What creating and updating have in common. */
    static Shape common() {
        return data().may(Kind.BOOLEAN, "cancel_at_period_end", "off_session")
                .may(Kind.INTEGER, "cancel_at", "days_until_due")
                .may(Kind.STRING, "default_payment_method")
                .may(Kind.oneOf("charge_automatically", "send_invoice"), "collection_method")
                .may(
                        new Shape()
                                .may(Kind.listOf(Kind.STRING), "payment_method_types")
                                .may(Kind.oneOf("off", "on_subscription"), "save_default_payment_method"),
                        "payment_settings")
                .may(Kind.oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete"), "payment_behavior")
                .may(Kind.oneOf("always_invoice", "create_prorations", "none"), "proration_behavior");
    }

    /** What a Checkout Session may say of its subscription: {@code subscription_data}. */
    public static Shape data() {
        return new Shape()
                .may(Kind.DECIMAL, "application_fee_percent")
                .may(Kind.STRING, "description", "on_behalf_of")
                .may(new Shape().need(Kind.STRING, "destination").may(Kind.DECIMAL, "amount_percent"), "transfer_data")
                .may(
                        new Shape()
                                .need(
                                        new Shape()
                                                .need(
                                                        Kind.oneOf("cancel", "create_invoice", "pause"),
                                                        "missing_payment_method"),
                                        "end_behavior"),
                        "trial_settings")
                .may(Kind.METADATA, "metadata");
    }

    /** An item of a new or changed subscription. */
    static Shape item() {
        return new Shape()
                .may(Kind.STRING, "id", "price")
                .may(Prices.inline(), "price_data")
                .may(Kind.INTEGER, "quantity")
                .may(Kind.BOOLEAN, "deleted", "clear_usage")
                .may(Kind.METADATA, "metadata");
    }

    /** A new subscription. */
    static Shape create() {
        return common().need(Kind.STRING, "customer")
                .need(Kind.listOf(item()), "items")
                .may(Kind.INTEGER, "trial_period_days")
                .may(trialEnd(), "trial_end")
                .may(Kind.STRING, "currency")
                .may(billingMode(), "billing_mode");
    }

    /** A changed one. */
    static Shape update() {
        return common().may(Kind.listOf(item()), "items")
                .may(Kind.INTEGER, "proration_date")
                .may(Kind.oneOf("now", "unchanged"), "billing_cycle_anchor")
                .may(trialEnd(), "trial_end")
                .may(
                        new Shape()
                                .need(Kind.oneOf("keep_as_draft", "mark_uncollectible", "void"), "behavior")
                                .may(Kind.INTEGER, "resumes_at"),
                        "pause_collection")
                .may(details(), "cancellation_details");
    }

    /** A cancelled one. */
    static Shape cancel() {
        return new Shape().may(Kind.BOOLEAN, "invoice_now", "prorate").may(details(), "cancellation_details");
    }

    /** Why somebody cancels. */
    static Shape details() {
        return new Shape()
                .may(Kind.STRING, "comment")
                .may(
                        Kind.oneOf(
                                "customer_service",
                                "low_quality",
                                "missing_features",
                                "other",
                                "switched_service",
                                "too_complex",
                                "too_expensive",
                                "unused"),
                        "feedback");
    }

    private static Shape billingMode() {
        return new Shape().need(Kind.oneOf("classic", "flexible"), "type");
    }

    /** A time, or {@code now}. */
    private static Kind trialEnd() {
        return (name, given) ->
                given.isTextual() && given.asText().equals("now") ? given : Kind.INTEGER.typed(name, given);
    }
}
