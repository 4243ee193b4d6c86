package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionLifeTest {

    private Stripe stripe;

    @BeforeEach
    void start() {
        stripe = Stripe.start();
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    void a_subscription_is_active_once_its_first_invoice_is_paid() throws Exception {
        // When
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));

        // Then
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(stripe.invoices(subscription.getId()))
                .extracting(Invoice::getStatus, Invoice::getAmountPaid, Invoice::getBillingReason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("paid", 1000L, "subscription_create"));
        assertThat(stripe.events())
                .containsSubsequence(
                        "customer.created",
                        "invoice.created",
                        "customer.subscription.created",
                        "invoice.finalized",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.paid",
                        "customer.subscription.updated");
    }

    @Test
    void the_period_is_on_the_items_and_keeps_to_the_last_of_the_month() throws Exception {
        // Given a subscription of 31 January
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));

        // When two months pass
        Instant first = end(subscription);
        stripe.days(59);

        // Then
        assertThat(first).isEqualTo("2026-02-28T12:00:00Z");
        assertThat(end(stripe.subscription(subscription.getId()))).isEqualTo("2026-04-30T12:00:00Z");
    }

    @Test
    void a_month_later_the_next_invoice_is_a_draft_for_an_hour_and_then_paid() throws Exception {
        // Given
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));

        // When
        stripe.days(28);
        List<Invoice> before = stripe.invoices(subscription.getId());
        stripe.fake.advance(Duration.ofHours(1));
        List<Invoice> after = stripe.invoices(subscription.getId());

        // Then
        assertThat(before).extracting(Invoice::getStatus).containsExactly("draft", "paid");
        assertThat(after).extracting(Invoice::getStatus).containsExactly("paid", "paid");
        assertThat(after.get(0).getBillingReason()).isEqualTo("subscription_cycle");
        assertThat(after.get(0).getLines().getData().get(0).getPeriod().getStart())
                .isEqualTo(Instant.parse("2026-02-28T12:00:00Z").getEpochSecond());
    }

    @Test
    void a_card_that_fails_makes_it_past_due_and_a_retry_with_a_good_card_makes_it_active_again() throws Exception {
        // Given a card that will fail
        Customer customer = stripe.payer("pm_card_visa");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));
        String card = customer.getInvoiceSettings().getDefaultPaymentMethod();
        stripe.control("POST", "/_fake/payment_methods/" + card, "{\"card\":\"pm_card_chargeCustomerFail\"}");

        // When a month passes, and the card is good again before the next attempt
        stripe.fake.advance(Duration.ofDays(28).plusHours(1));
        Subscription failed = stripe.subscription(subscription.getId());
        Invoice open = stripe.invoices(subscription.getId()).get(0);
        stripe.control("POST", "/_fake/payment_methods/" + card, "{\"card\":\"pm_card_visa\"}");
        stripe.days(1);

        // Then
        assertThat(failed.getStatus()).isEqualTo("past_due");
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(open.getAttemptCount()).isEqualTo(1);
        assertThat(Instant.ofEpochSecond(open.getNextPaymentAttempt())).isEqualTo("2026-03-01T13:00:00Z");
        assertThat(stripe.subscription(subscription.getId()).getStatus()).isEqualTo("active");
        assertThat(stripe.events())
                .containsSubsequence("charge.failed", "payment_intent.payment_failed", "invoice.payment_failed")
                .contains("invoice.payment_succeeded");
    }

    @ParameterizedTest
    @CsvSource({"CANCEL,canceled,open", "UNPAID,unpaid,open", "PAST_DUE,past_due,open"})
    void what_follows_the_last_attempt_is_configured(Settings.AfterRetries then, String status, String invoiceStatus)
            throws Exception {
        // Given two attempts a day apart
        try (Stripe other = Stripe.start(Settings.defaults().withRetries(List.of(Duration.ofDays(1)), then))) {
            Customer customer = other.payer("pm_card_visa");
            Subscription subscription = other.subscribe(customer, other.monthly("usd", 1000));
            other.control(
                    "POST",
                    "/_fake/payment_methods/" + customer.getInvoiceSettings().getDefaultPaymentMethod(),
                    "{\"card\":\"pm_card_chargeCustomerFail\"}");

            // When both fail
            other.days(30);

            // Then
            Invoice invoice = other.invoices(subscription.getId()).get(0);
            assertThat(other.subscription(subscription.getId()).getStatus()).isEqualTo(status);
            assertThat(invoice.getAttemptCount()).isEqualTo(2);
            assertThat(invoice.getStatus()).isEqualTo(invoiceStatus);
            assertThat(invoice.getNextPaymentAttempt()).isNull();
        }
    }

    @Test
    void a_first_payment_that_fails_leaves_it_incomplete_and_expired_after_23_hours() throws Exception {
        // Given
        Subscription subscription =
                stripe.subscribe(stripe.payer("pm_card_chargeCustomerFail"), stripe.monthly("usd", 1000));

        // When
        stripe.fake.advance(Duration.ofHours(23));

        // Then
        assertThat(subscription.getStatus()).isEqualTo("incomplete");
        assertThat(stripe.subscription(subscription.getId()).getStatus()).isEqualTo("incomplete_expired");
        assertThat(stripe.invoices(subscription.getId()).get(0).getStatus()).isEqualTo("void");
    }

    @Test
    void an_incomplete_one_becomes_active_when_its_invoice_is_paid_with_another_card() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_chargeCustomerFail");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));

        // When
        Invoice paid = stripe.client
                .v1()
                .invoices()
                .pay(
                        subscription.getLatestInvoice(),
                        InvoicePayParams.builder()
                                .setPaymentMethod("pm_card_visa")
                                .build());

        // Then
        assertThat(paid.getStatus()).isEqualTo("paid");
        assertThat(stripe.subscription(subscription.getId()).getStatus()).isEqualTo("active");
    }

    @Test
    void a_declined_card_is_a_card_error_and_makes_no_subscription_when_that_is_asked_for() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_chargeCustomerFail");
        Price price = stripe.monthly("usd", 1000);

        // Then
        assertThatThrownBy(() -> stripe.client
                        .v1()
                        .subscriptions()
                        .create(SubscriptionCreateParams.builder()
                                .setCustomer(customer.getId())
                                .addItem(SubscriptionCreateParams.Item.builder()
                                        .setPrice(price.getId())
                                        .build())
                                .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
                                .build()))
                .isInstanceOfSatisfying(CardException.class, error -> {
                    assertThat(error.getCode()).isEqualTo("card_declined");
                    assertThat(error.getDeclineCode()).isEqualTo("generic_decline");
                });
        assertThat(stripe.client.v1().subscriptions().list().getData()).isEmpty();
    }

    @Test
    void cancelled_at_the_end_it_lasts_until_then_unless_that_is_taken_back() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        Price price = stripe.monthly("usd", 1000);
        Subscription leaving = stripe.subscribe(customer, price);
        Subscription staying = stripe.subscribe(stripe.payer("pm_card_visa"), price);
        Subscription cancelled = cancelAtEnd(leaving, true);
        cancelAtEnd(staying, true);
        Subscription resumed = cancelAtEnd(staying, false);

        // When
        stripe.fake.advance(Duration.ofDays(28).plusHours(2));

        // Then
        assertThat(cancelled.getStatus()).isEqualTo("active");
        assertThat(Instant.ofEpochSecond(cancelled.getCancelAt())).isEqualTo("2026-02-28T12:00:00Z");
        assertThat(resumed.getCancelAt()).isNull();
        Subscription ended = stripe.subscription(leaving.getId());
        assertThat(ended.getStatus()).isEqualTo("canceled");
        assertThat(ended.getCancellationDetails().getReason()).isEqualTo("cancellation_requested");
        assertThat(stripe.invoices(leaving.getId())).hasSize(1);
        assertThat(stripe.subscription(staying.getId()).getStatus()).isEqualTo("active");
        assertThat(stripe.events()).contains("customer.subscription.deleted");
    }

    @Test
    void cancelled_now_it_is_over_and_cannot_be_cancelled_again() throws Exception {
        // Given
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));

        // When
        Subscription cancelled = stripe.client.v1().subscriptions().cancel(subscription.getId());

        // Then
        assertThat(cancelled.getStatus()).isEqualTo("canceled");
        assertThatThrownBy(() -> stripe.client.v1().subscriptions().cancel(subscription.getId()))
                .isInstanceOfSatisfying(InvalidRequestException.class, error -> {
                    assertThat(error.getStatusCode()).isEqualTo(404);
                    assertThat(error.getCode()).isEqualTo("resource_missing");
                });
    }

    @Test
    void cancelled_now_with_proration_the_unused_half_goes_to_the_customers_balance() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));
        stripe.days(14);

        // When
        stripe.client
                .v1()
                .subscriptions()
                .cancel(
                        subscription.getId(),
                        SubscriptionCancelParams.builder()
                                .setProrate(true)
                                .setInvoiceNow(true)
                                .build());

        // Then
        assertThat(stripe.client.v1().customers().retrieve(customer.getId()).getBalance())
                .isEqualTo(-500);
    }

    @Test
    void a_deleted_customer_keeps_only_its_id_and_its_subscriptions_end() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));

        // When
        stripe.client.v1().customers().delete(customer.getId());

        // Then
        Customer deleted = stripe.client.v1().customers().retrieve(customer.getId());
        assertThat(deleted.getDeleted()).isTrue();
        assertThat(deleted.getEmail()).isNull();
        assertThat(stripe.subscription(subscription.getId()).getStatus()).isEqualTo("canceled");
    }

    private Subscription cancelAtEnd(Subscription subscription, boolean cancel) throws Exception {
        return stripe.client
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .setCancelAtPeriodEnd(cancel)
                                .build());
    }

    private static Instant end(Subscription subscription) {
        return Instant.ofEpochSecond(subscription.getItems().getData().get(0).getCurrentPeriodEnd());
    }
}
