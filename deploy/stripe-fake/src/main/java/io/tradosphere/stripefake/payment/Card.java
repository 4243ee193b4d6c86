package io.tradosphere.stripefake.payment;

import io.tradosphere.stripefake.api.StripeError;
import java.util.Arrays;
import java.util.Optional;

/** Stripe's test cards, each with what it does. See Stripe's page "Test cards". */
public enum Card {
    VISA("pm_card_visa", "4242424242424242", "visa", Does.PAY, null, null),
    MASTERCARD("pm_card_mastercard", "5555555555554444", "mastercard", Does.PAY, null, null),
    AMEX("pm_card_amex", "378282246310005", "amex", Does.PAY, null, null),
    DECLINED("pm_card_chargeDeclined", "4000000000000002", "visa", Does.DECLINE, "card_declined", "generic_decline"),
    DECLINED_AFTER_ATTACHING(
            "pm_card_chargeCustomerFail", "4000000000000341", "visa", Does.DECLINE, "card_declined", "generic_decline"),
    INSUFFICIENT_FUNDS(
            "pm_card_chargeDeclinedInsufficientFunds",
            "4000000000009995",
            "visa",
            Does.DECLINE,
            "card_declined",
            "insufficient_funds"),
    EXPIRED("pm_card_chargeDeclinedExpiredCard", "4000000000000069", "visa", Does.DECLINE, "expired_card", null),
    INCORRECT_CVC(
            "pm_card_chargeDeclinedIncorrectCvc", "4000000000000127", "visa", Does.DECLINE, "incorrect_cvc", null),
    PROCESSING_ERROR(
            "pm_card_chargeDeclinedProcessingError",
            "4000000000000119",
            "visa",
            Does.DECLINE,
            "processing_error",
            null),
    AUTHENTICATION(
            "pm_card_authenticationRequired",
            "4000002760003184",
            "visa",
            Does.AUTHENTICATE,
            "authentication_required",
            "authentication_required"),
    DISPUTE("pm_card_createDispute", "4000000000000259", "visa", Does.DISPUTE, null, null),
    AVAILABLE_AT_ONCE("pm_card_bypassPending", "4000000000000077", "visa", Does.PAY, null, null),
    REFUND_FAILS("pm_card_refundFail", "4000000000005126", "visa", Does.PAY, null, null);

    /** What happens when a card is charged. */
    public enum Does {
        PAY,
        DECLINE,
        AUTHENTICATE,
        DISPUTE
    }

    private final String token;
    private final String number;
    private final String brand;
    private final Does does;
    private final String code;
    private final String declineCode;

    Card(String token, String number, String brand, Does does, String code, String declineCode) {
        this.token = token;
        this.number = number;
        this.brand = brand;
        this.does = does;
        this.code = code;
        this.declineCode = declineCode;
    }

    /** The card of a number, of {@code pm_card_…} or of {@code tok_…}; empty when it is no test card. */
    public static Optional<Card> of(String given) {
        String plain = given.replaceAll("[ -]", "").replaceFirst("^tok_", "pm_card_");
        return Arrays.stream(values())
                .filter(card -> card.token.equals(plain) || card.number.equals(plain))
                .findFirst();
    }

    /** What happens when it is charged. */
    public Does does() {
        return does;
    }

    /** Whether it can be attached to a customer: declined cards cannot, but for the one that is made for that. */
    boolean attachable() {
        return does != Does.DECLINE || this == DECLINED_AFTER_ATTACHING;
    }

    String brand() {
        return brand;
    }

    String last4() {
        return number.substring(number.length() - 4);
    }

    /** Why it is refused, as Stripe's error. */
    public StripeError refusal(Object... more) {
        return StripeError.card(code, declineCode, message(), more);
    }

    String code() {
        return code;
    }

    String declineCode() {
        return declineCode == null ? code : declineCode;
    }

    String message() {
        return switch (code) {
            case "expired_card" -> "Your card has expired.";
            case "incorrect_cvc" -> "Your card's security code is incorrect.";
            case "processing_error" -> "An error occurred while processing your card. Try again in a little bit.";
            case "authentication_required" -> "Your card was declined. This transaction requires authentication.";
            default ->
                "insufficient_funds".equals(declineCode)
                        ? "Your card has insufficient funds."
                        : "Your card was declined.";
        };
    }
}
