package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.Webhook;
import com.stripe.param.AccountCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

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
    void each_event_is_posted_once_in_order_with_a_signature_that_stripes_library_accepts() throws Exception {
        // Given
        stripe.listen();

        // When
        stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));

        // Then
        assertThat(genuine().stream().map(Event::getType)).isEqualTo(stripe.events());
        assertThat(genuine()).allSatisfy(event -> {
            assertThat(event.getApiVersion()).isEqualTo(Settings.API_VERSION);
            assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
        });
    }

    @Test
    void an_update_says_what_was_before() throws Exception {
        // Given
        stripe.listen();
        Customer customer = stripe.payer("pm_card_visa");

        // When
        stripe.client
                .v1()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder().setName("New").build());

        // Then
        List<Event> events = genuine();
        Event last = events.get(events.size() - 1);
        assertThat(last.getType()).isEqualTo("customer.updated");
        assertThat(last.getData().getPreviousAttributes())
                .containsEntry("name", null)
                .hasSize(1);
    }

    @Test
    void what_is_not_answered_by_2xx_is_sent_again_with_growing_pauses() throws Exception {
        // Given
        stripe.listen();
        stripe.answer.set(500);
        stripe.payer("pm_card_visa");
        int before = settled();

        // When
        stripe.fake.advance(Duration.ofMinutes(5));
        int fiveMinutes = settled();
        stripe.answer.set(200);
        stripe.fake.advance(Duration.ofMinutes(30));

        // Then
        assertThat(fiveMinutes).isEqualTo(2 * before);
        assertThat(settled()).isEqualTo(3 * before);
        assertThat(stripe.client.v1().events().list().getData())
                .extracting(Event::getPendingWebhooks)
                .containsOnly(0L);
    }

    @Test
    void some_are_lost_some_doubled_and_forgeries_are_not_accepted() throws Exception {
        // Given
        stripe.listen();
        stripe.control(
                "POST",
                "/_fake/webhooks",
                "{\"lost\":0.2,\"doubled\":0.3,\"forged\":0.3,\"late\":0.3,\"late_ms\":50,\"reordered\":0.5,\"seed\":7}");

        // When
        for (int i = 0; i < 30; i++) {
            stripe.payer("pm_card_visa");
        }
        int all = stripe.events().size();
        settled();

        // Then
        List<String> ids = genuine().stream().map(Event::getId).toList();
        Set<String> distinct = Set.copyOf(ids);
        assertThat(distinct.size()).isLessThan(all).isGreaterThan(all / 2);
        assertThat(ids.size()).isGreaterThan(distinct.size());
        assertThat(stripe.received.size()).isGreaterThan(ids.size());
        assertThat(genuine().stream().map(Event::getCreated).toList()).isNotEmpty();
    }

    @Test
    void held_ones_are_sent_in_the_order_that_is_asked_for() throws Exception {
        // Given
        stripe.listen();
        stripe.control("POST", "/_fake/webhooks", "{\"hold\":true}");
        stripe.payer("pm_card_visa");
        List<String> created = stripe.events();

        // When
        int before = settled();
        stripe.control("POST", "/_fake/webhooks/release", "{\"order\":\"reversed\"}");

        // Then
        assertThat(before).isZero();
        List<String> reversed = new java.util.ArrayList<>(created);
        java.util.Collections.reverse(reversed);
        assertThat(genuine().stream().map(Event::getType)).isEqualTo(reversed);
    }

    @Test
    void while_a_secret_is_rolled_both_are_good() throws Exception {
        // Given
        String endpoint = stripe.listen();
        stripe.control("POST", "/_fake/endpoints/" + endpoint + "/roll", "{\"secret\":\"whsec_new\"}");

        // When
        stripe.payer("pm_card_visa");
        settled();

        // Then
        Stripe.Received received = stripe.received.get(0);
        assertThat(Webhook.constructEvent(received.payload(), received.signature(), Stripe.SECRET))
                .isNotNull();
        assertThat(Webhook.constructEvent(received.payload(), received.signature(), "whsec_new"))
                .isNotNull();
        assertThatThrownBy(() -> Webhook.constructEvent(received.payload(), received.signature(), "whsec_other"))
                .isInstanceOf(SignatureVerificationException.class);
    }

    @Test
    void an_endpoint_gets_the_types_that_it_asked_for_in_its_own_api_version() throws Exception {
        // Given
        WebhookEndpoint endpoint = stripe.client
                .v1()
                .webhookEndpoints()
                .create(WebhookEndpointCreateParams.builder()
                        .setUrl(stripe.receiverUrl())
                        .addEnabledEvent(WebhookEndpointCreateParams.EnabledEvent.CUSTOMER__CREATED)
                        .setApiVersion(WebhookEndpointCreateParams.ApiVersion.VERSION_2025_03_31_BASIL)
                        .build());

        // When
        stripe.payer("pm_card_visa");
        settled();

        // Then
        assertThat(stripe.received).hasSize(1);
        Event event = Webhook.constructEvent(
                stripe.received.get(0).payload(), stripe.received.get(0).signature(), endpoint.getSecret());
        assertThat(event.getType()).isEqualTo("customer.created");
        assertThat(event.getApiVersion()).isEqualTo("2025-03-31.basil");
    }

    @Test
    void events_of_connected_accounts_go_to_connect_endpoints_only() throws Exception {
        // Given
        stripe.listen();
        stripe.fake.addEndpoint(new Settings.Endpoint(stripe.receiverUrl(), "whsec_connect", true));

        // When
        String account = stripe.client
                .v1()
                .accounts()
                .create(AccountCreateParams.builder()
                        .setType(AccountCreateParams.Type.EXPRESS)
                        .build())
                .getId();
        stripe.submit("/setup/e/" + account + "/finish", Map.of());
        settled();

        // Then
        assertThat(stripe.received).hasSize(1);
        Event event = Webhook.constructEvent(
                stripe.received.get(0).payload(), stripe.received.get(0).signature(), "whsec_connect");
        assertThat(event.getType()).isEqualTo("account.updated");
        assertThat(event.getAccount()).isEqualTo(account);
    }

    @Test
    void an_event_can_be_had_signed_without_being_posted() throws Exception {
        // Given
        String endpoint = stripe.listen();
        stripe.payer("pm_card_visa");
        String id = stripe.client.v1().events().list().getData().get(0).getId();

        // When
        StripeFake.SignedEvent signed = stripe.fake.signed(id, endpoint);

        // Then
        assertThat(Webhook.constructEvent(signed.payload(), signed.signature(), Stripe.SECRET)
                        .getId())
                .isEqualTo(id);
    }

    private int settled() {
        assertThat(stripe.fake.settle(Duration.ofSeconds(20))).isTrue();
        return stripe.received.size();
    }

    /** What arrived with a good signature, in the order of arrival. */
    private List<Event> genuine() {
        settled();
        return stripe.received.stream()
                .map(received -> {
                    try {
                        return Webhook.constructEvent(received.payload(), received.signature(), Stripe.SECRET);
                    } catch (SignatureVerificationException forged) {
                        return null;
                    }
                })
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toList());
    }
}
