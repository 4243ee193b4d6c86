package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProrationTest {

    private Stripe stripe;

    @BeforeEach
    void start() {
        stripe = Stripe.start();
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @ParameterizedTest
    @CsvSource({"usd,1000,2000,500", "jpy,1001,2000,499", "kwd,10000,20010,5010"})
    void an_upgrade_in_the_middle_of_a_month_is_invoiced_at_once_for_half_of_the_difference(
            String currency, long low, long high, long due) throws Exception {
        // Given half of a month of 28 days
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly(currency, low));
        stripe.days(14);

        // When
        Subscription upgraded = change(subscription, stripe.monthly(currency, high), ProrationBehavior.ALWAYS_INVOICE);

        // Then
        Invoice invoice = stripe.invoices(subscription.getId()).get(0);
        assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getAmountPaid()).isEqualTo(due);
        assertThat(invoice.getLines().getData())
                .extracting(
                        line -> line.getParent().getSubscriptionItemDetails().getProration())
                .containsExactly(true, true);
        assertThat(upgraded.getItems().getData().get(0).getPrice().getUnitAmount())
                .isEqualTo(high);
        assertThat(upgraded.getItems().getData().get(0).getCurrentPeriodEnd())
                .isEqualTo(subscription.getItems().getData().get(0).getCurrentPeriodEnd());
    }

    @Test
    void a_downgrade_is_credited_on_the_next_invoice() throws Exception {
        // Given
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 2000));
        stripe.days(14);

        // When
        change(subscription, stripe.monthly("usd", 1000), ProrationBehavior.CREATE_PRORATIONS);
        stripe.fake.advance(Duration.ofDays(14).plusHours(1));

        // Then
        Invoice next = stripe.invoices(subscription.getId()).get(0);
        assertThat(next.getLines().getData())
                .extracting(InvoiceLineItem::getAmount)
                .containsExactlyInAnyOrder(1000L, -1000L, 500L);
        assertThat(next.getAmountPaid()).isEqualTo(500);
    }

    @Test
    void without_proration_the_new_price_counts_from_the_next_period() throws Exception {
        // Given
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 2000));
        stripe.days(14);

        // When
        change(subscription, stripe.monthly("usd", 1000), ProrationBehavior.NONE);
        stripe.fake.advance(Duration.ofDays(14).plusHours(1));

        // Then
        assertThat(stripe.invoices(subscription.getId()))
                .extracting(Invoice::getAmountPaid)
                .containsExactly(1000L, 2000L);
    }

    @Test
    void another_interval_begins_a_new_period_at_once() throws Exception {
        // Given
        Subscription subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));
        stripe.days(14);

        // When
        Price yearly = stripe.price("usd", 10_000, PriceCreateParams.Recurring.Interval.YEAR);
        Subscription changed = change(subscription, yearly, ProrationBehavior.CREATE_PRORATIONS);

        // Then
        assertThat(Instant.ofEpochSecond(changed.getItems().getData().get(0).getCurrentPeriodEnd()))
                .isEqualTo("2027-02-14T12:00:00Z");
        assertThat(stripe.invoices(subscription.getId()).get(0).getAmountPaid()).isEqualTo(9500);
    }

    @Test
    void a_preview_says_what_a_change_would_cost_and_changes_nothing() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));
        Price high = stripe.monthly("usd", 3000);
        stripe.days(14);

        // When
        Invoice preview = stripe.client
                .v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(subscription.getId())
                        .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                                .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .get(0)
                                                .getId())
                                        .setPrice(high.getId())
                                        .build())
                                .setProrationBehavior(
                                        InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE)
                                .build())
                        .build());

        // Then
        assertThat(preview.getAmountDue()).isEqualTo(1000);
        assertThat(stripe.invoices(subscription.getId())).hasSize(1);
        assertThat(stripe.subscription(subscription.getId())
                        .getItems()
                        .getData()
                        .get(0)
                        .getPrice()
                        .getUnitAmount())
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"kwd,1005", "usd,100000000", "xxx,1000"})
    void an_amount_that_the_currency_does_not_have_is_refused(String currency, long amount) {
        assertThatThrownBy(() -> stripe.monthly(currency, amount)).isInstanceOf(InvalidRequestException.class);
    }

    private Subscription change(Subscription subscription, Price price, ProrationBehavior behaviour) throws Exception {
        return stripe.client
                .v1()
                .subscriptions()
                .update(
                        subscription.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .get(0)
                                                .getId())
                                        .setPrice(price.getId())
                                        .build())
                                .setProrationBehavior(behaviour)
                                .build());
    }
}
