package io.tradosphere.billing.sync;

/** Why something at Stripe is repeated or parked, as an operator reads it. */
final class FailureReason {

    private static final int LONGEST = 1_000;

    private FailureReason() {}

    /** The failure's message; its type when it has none. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        String reason =
                message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
        return reason.substring(0, Math.min(reason.length(), LONGEST));
    }
}
