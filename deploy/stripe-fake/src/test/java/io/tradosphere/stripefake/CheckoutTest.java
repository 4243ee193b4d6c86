package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckoutTest {

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
    void a_paid_session_has_a_subscription_and_leads_back_to_the_shop() throws Exception {
        // Given
        Session session = session();

        // When
        HttpResponse<String> page = stripe.submit(session.getUrl() + "/pay", Map.of("email", "a@example.com"));

        // Then
        Session complete = stripe.client
                .v1()
                .checkout()
                .sessions()
                .retrieve(
                        session.getId(),
                        SessionRetrieveParams.builder()
                                .addExpand("subscription.latest_invoice")
                                .addExpand("line_items")
                                .build());
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("location"))
                .contains("https://shop.example/done?session=" + session.getId());
        assertThat(complete.getStatus()).isEqualTo("complete");
        assertThat(complete.getPaymentStatus()).isEqualTo("paid");
        assertThat(complete.getCustomerDetails().getEmail()).isEqualTo("a@example.com");
        assertThat(complete.getSubscriptionObject().getStatus()).isEqualTo("active");
        assertThat(complete.getSubscriptionObject().getMetadata()).containsEntry("pair", "7");
        assertThat(complete.getSubscriptionObject().getLatestInvoiceObject().getStatus())
                .isEqualTo("paid");
        assertThat(complete.getLineItems().getData()).hasSize(1);
        assertThat(stripe.events())
                .containsSubsequence("customer.subscription.created", "invoice.paid", "checkout.session.completed");
    }

    @Test
    void a_declined_card_leaves_the_session_open_for_another() throws Exception {
        // Given
        Session session = session();

        // When
        HttpResponse<String> declined = stripe.submit(session.getUrl() + "/pay", Map.of("card", "4000000000000002"));
        Session open = stripe.client.v1().checkout().sessions().retrieve(session.getId());
        stripe.submit(session.getUrl() + "/pay", Map.of("card", "4242 4242 4242 4242"));

        // Then
        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(open.getStatus()).isEqualTo("open");
        assertThat(stripe.events()).containsSubsequence("payment_intent.payment_failed", "checkout.session.completed");
    }

    @Test
    void who_abandons_is_sent_back_and_the_session_expires_after_a_day() throws Exception {
        // Given
        Session session = session();

        // When
        HttpResponse<String> page = stripe.submit(session.getUrl() + "/abandon", Map.of());
        stripe.fake.advance(Duration.ofHours(24));

        // Then
        Session expired = stripe.client.v1().checkout().sessions().retrieve(session.getId());
        assertThat(page.headers().firstValue("location")).contains("https://shop.example/back");
        assertThat(expired.getStatus()).isEqualTo("expired");
        assertThat(expired.getUrl()).isNull();
        assertThat(stripe.submit(session.getUrl() + "/pay", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(stripe.events()).contains("checkout.session.expired");
    }

    @Test
    void a_session_is_paid_once_and_cannot_be_expired_afterwards() throws Exception {
        // Given
        Session session = session();
        stripe.submit(session.getUrl() + "/pay", Map.of());

        // When
        HttpResponse<String> again = stripe.submit(session.getUrl() + "/pay", Map.of());

        // Then
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(stripe.client.v1().subscriptions().list().getData()).hasSize(1);
        assertThatThrownBy(() -> stripe.client.v1().checkout().sessions().expire(session.getId()))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void a_payment_with_a_card_that_needs_authentication_is_completed_on_the_page() throws Exception {
        // Given
        Session session = session();

        // When
        stripe.submit(session.getUrl() + "/pay", Map.of("card", "4000002760003184"));

        // Then
        assertThat(stripe.client
                        .v1()
                        .checkout()
                        .sessions()
                        .retrieve(session.getId())
                        .getStatus())
                .isEqualTo("complete");
    }

    @Test
    void in_the_portal_one_cancels_resumes_and_changes_to_a_card_that_fails() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        Subscription subscription = stripe.subscribe(customer, stripe.monthly("usd", 1000));
        com.stripe.model.billingportal.Session portal = stripe.client
                .v1()
                .billingPortal()
                .sessions()
                .create(com.stripe.param.billingportal.SessionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setReturnUrl("https://shop.example/account")
                        .build());

        // When
        stripe.submit(portal.getUrl() + "/cancel", Map.of());
        Subscription cancelled = stripe.subscription(subscription.getId());
        stripe.submit(portal.getUrl() + "/resume", Map.of());
        Subscription resumed = stripe.subscription(subscription.getId());
        stripe.submit(portal.getUrl() + "/card", Map.of("card", "4000000000000341"));
        stripe.days(29);
        Subscription failed = stripe.subscription(subscription.getId());
        stripe.submit(portal.getUrl() + "/card", Map.of("card", "4242424242424242"));
        stripe.submit(portal.getUrl() + "/pay", Map.of());

        // Then
        assertThat(cancelled.getCancelAtPeriodEnd()).isTrue();
        assertThat(resumed.getCancelAtPeriodEnd()).isFalse();
        assertThat(failed.getStatus()).isEqualTo("past_due");
        assertThat(stripe.subscription(subscription.getId()).getStatus()).isEqualTo("active");
        assertThat(stripe.invoices(subscription.getId()))
                .extracting(Invoice::getStatus)
                .containsExactly("paid", "paid");
    }

    @Test
    void the_pages_say_that_no_money_moves() throws Exception {
        assertThat(stripe.send(session().getUrl().replace(stripe.fake.baseUrl(), ""), "GET", "text/plain", "")
                        .body())
                .contains("This is a fake of Stripe");
    }

    private Session session() throws Exception {
        return stripe.client
                .v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                        .setSuccessUrl("https://shop.example/done?session={CHECKOUT_SESSION_ID}")
                        .setCancelUrl("https://shop.example/back")
                        .addLineItem(SessionCreateParams.LineItem.builder()
                                .setPrice(stripe.monthly("usd", 1000).getId())
                                .setQuantity(1L)
                                .build())
                        .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                                .putMetadata("pair", "7")
                                .build())
                        .build());
    }
}
