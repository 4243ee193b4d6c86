package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.testhelpers.TestClock;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.testhelpers.TestClockAdvanceParams;
import com.stripe.param.testhelpers.TestClockCreateParams;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialTest {

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
    void a_trial_costs_nothing_and_is_followed_by_a_paid_month() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        Subscription trial = stripe.client
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(stripe.monthly("usd", 1000).getId())
                                .build())
                        .setTrialPeriodDays(7L)
                        .build());

        // When
        stripe.fake.advance(Duration.ofDays(7).plusHours(1));

        // Then
        assertThat(trial.getStatus()).isEqualTo("trialing");
        assertThat(stripe.subscription(trial.getId()).getStatus()).isEqualTo("active");
        assertThat(stripe.invoices(trial.getId()))
                .extracting(Invoice::getAmountPaid)
                .containsExactly(1000L, 0L);
        assertThat(stripe.events()).contains("customer.subscription.trial_will_end");
    }

    @Test
    void a_trial_without_a_card_pauses_and_is_resumed_with_one() throws Exception {
        // Given
        Customer customer = stripe.client
                .v1()
                .customers()
                .create(CustomerCreateParams.builder().build());
        Subscription trial = stripe.client
                .v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(stripe.monthly("usd", 1000).getId())
                                .build())
                        .setTrialPeriodDays(7L)
                        .setTrialSettings(SubscriptionCreateParams.TrialSettings.builder()
                                .setEndBehavior(SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                                        .setMissingPaymentMethod(
                                                SubscriptionCreateParams.TrialSettings.EndBehavior.MissingPaymentMethod
                                                        .PAUSE)
                                        .build())
                                .build())
                        .build());
        stripe.days(8);
        Subscription paused = stripe.subscription(trial.getId());

        // When
        stripe.client
                .v1()
                .subscriptions()
                .update(
                        trial.getId(),
                        SubscriptionUpdateParams.builder()
                                .setDefaultPaymentMethod("pm_card_visa")
                                .build());
        Subscription resumed = stripe.client.v1().subscriptions().resume(trial.getId());

        // Then
        assertThat(paused.getStatus()).isEqualTo("paused");
        assertThat(resumed.getStatus()).isEqualTo("active");
        assertThat(end(resumed)).isEqualTo("2026-03-08T12:00:00Z");
    }

    @Test
    void a_customer_with_a_test_clock_lives_by_it() throws Exception {
        // Given
        TestClock clock = stripe.client
                .v1()
                .testHelpers()
                .testClocks()
                .create(TestClockCreateParams.builder()
                        .setFrozenTime(Instant.parse("2025-12-01T00:00:00Z").getEpochSecond())
                        .build());
        Customer customer = stripe.client
                .v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setTestClock(clock.getId())
                        .setPaymentMethod("pm_card_visa")
                        .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                .setDefaultPaymentMethod("pm_card_visa")
                                .build())
                        .build());
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));

        // When
        TestClock advancing = stripe.client
                .v1()
                .testHelpers()
                .testClocks()
                .advance(
                        clock.getId(),
                        TestClockAdvanceParams.builder()
                                .setFrozenTime(
                                        Instant.parse("2026-01-01T02:00:00Z").getEpochSecond())
                                .build());
        Awaitility.await()
                .until(() -> stripe.client
                        .v1()
                        .testHelpers()
                        .testClocks()
                        .retrieve(clock.getId())
                        .getStatus()
                        .equals("ready"));

        // Then
        assertThat(advancing.getStatus()).isEqualTo("advancing");
        assertThat(stripe.invoices(subscription.getId())).hasSize(2);
        assertThat(end(stripe.subscription(subscription.getId()))).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(stripe.fake.now()).isEqualTo(Stripe.START);
    }

    private static Instant end(Subscription subscription) {
        return Instant.ofEpochSecond(subscription.getItems().getData().get(0).getCurrentPeriodEnd());
    }
}
