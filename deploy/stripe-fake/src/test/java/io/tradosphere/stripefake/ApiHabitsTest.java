package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.StripeCollection;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceRetrieveParams;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiHabitsTest {

    private static final String FORM = "application/x-www-form-urlencoded";

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
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/customers|nonsense=1|400|parameter_unknown|nonsense",
                "POST|/v1/customers|invoice_settings[x]=1|400|parameter_unknown|invoice_settings[x]",
                "POST|/v1/subscriptions|items[0][price]=price_1|400|parameter_missing|customer",
                "POST|/v1/subscriptions|customer=cus_1&items[0][price]=p|400|resource_missing|customer",
                "POST|/v1/prices|currency=usd&unit_amount=ten&product=p|400|parameter_invalid_integer|unit_amount",
                "POST|/v1/products|name=|400|parameter_invalid_empty|name",
                "GET|/v1/customers/cus_none||404|resource_missing|id",
                "GET|/v1/customers?limit=101||400|parameter_invalid_integer|limit",
                "GET|/v1/customers?starting_after=cus_none||400|resource_missing|starting_after",
                "POST|/v1/payment_intents|amount=10&currency=usd|400|amount_too_small|amount"
            })
    void a_bad_call_is_refused_with_stripes_code_and_parameter(
            String method, String path, String form, int status, String code, String param) throws Exception {
        // When
        HttpResponse<String> answer =
                stripe.send(path, method, FORM, form == null ? "" : form, "Authorization", "Bearer sk_test_a");

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains(
                        "\"type\" : \"invalid_request_error\"",
                        "\"code\" : \"" + code + "\"",
                        "\"param\" : \"" + param);
    }

    @Test
    void without_a_test_key_nobody_is_let_in() {
        StripeClient live = StripeClient.builder()
                .setApiKey("sk_live_0123456789abcdef")
                .setApiBase(stripe.fake.baseUrl())
                .build();
        assertThatThrownBy(() -> live.v1().customers().list())
                .isInstanceOfSatisfying(AuthenticationException.class, error -> {
                    assertThat(error.getStatusCode()).isEqualTo(401);
                    assertThat(error.getMessage())
                            .contains("Invalid API Key provided: sk_live_")
                            .doesNotContain("012345");
                });
    }

    @Test
    void lists_are_paged_in_both_directions_and_by_the_client_alone() throws Exception {
        // Given
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, stripe.client.v1().customers().create().getId());
        }

        // When
        StripeCollection<Customer> first = stripe.client
                .v1()
                .customers()
                .list(CustomerListParams.builder().setLimit(2L).build());
        StripeCollection<Customer> next = stripe.client
                .v1()
                .customers()
                .list(CustomerListParams.builder()
                        .setLimit(2L)
                        .setStartingAfter(ids.get(1))
                        .build());
        StripeCollection<Customer> back = stripe.client
                .v1()
                .customers()
                .list(CustomerListParams.builder()
                        .setLimit(2L)
                        .setEndingBefore(ids.get(4))
                        .build());
        List<String> all = new ArrayList<>();
        first.autoPagingIterable().forEach(customer -> all.add(customer.getId()));

        // Then
        assertThat(first.getHasMore()).isTrue();
        assertThat(next.getData()).extracting(Customer::getId).containsExactly(ids.get(2), ids.get(3));
        assertThat(back.getData()).extracting(Customer::getId).containsExactly(ids.get(2), ids.get(3));
        assertThat(all).isEqualTo(ids);
    }

    @Test
    void objects_are_expanded_in_depth_and_in_lists() throws Exception {
        // Given
        var subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));

        // When
        Invoice invoice = stripe.client
                .v1()
                .invoices()
                .retrieve(
                        subscription.getLatestInvoice(),
                        InvoiceRetrieveParams.builder()
                                .addExpand("customer")
                                .addExpand("payments.data.payment.payment_intent")
                                .build());
        Invoice listed = stripe.client
                .v1()
                .invoices()
                .list(InvoiceListParams.builder().addExpand("data.customer").build())
                .getData()
                .get(0);

        // Then
        assertThat(invoice.getCustomerObject().getEmail()).isEqualTo("payer@example.com");
        assertThat(invoice.getPayments()
                        .getData()
                        .get(0)
                        .getPayment()
                        .getPaymentIntentObject()
                        .getStatus())
                .isEqualTo("succeeded");
        assertThat(listed.getCustomerObject().getEmail()).isEqualTo("payer@example.com");
        assertThatThrownBy(() -> stripe.client
                        .v1()
                        .invoices()
                        .retrieve(
                                invoice.getId(),
                                InvoiceRetrieveParams.builder()
                                        .addExpand("nonsense")
                                        .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be expanded");
    }

    @Test
    void metadata_is_merged_and_an_empty_value_removes_a_key() throws Exception {
        // Given
        Customer customer = stripe.client
                .v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .putMetadata("keep", "1")
                        .putMetadata("drop", "2")
                        .build());

        // When
        Customer updated = stripe.client
                .v1()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder()
                                .putMetadata("drop", "")
                                .putMetadata("new", "3")
                                .build());

        // Then
        assertThat(updated.getMetadata())
                .containsOnly(java.util.Map.entry("keep", "1"), java.util.Map.entry("new", "3"));
    }

    @Test
    void calls_are_limited_held_back_refused_or_dropped_on_request() throws Exception {
        // Given
        stripe.control("POST", "/_fake/faults", "{\"path\":\"/v1/customers\",\"status\":429}");
        stripe.control("POST", "/_fake/faults", "{\"path\":\"/v1/customers\",\"status\":500}");
        stripe.control("POST", "/_fake/faults", "{\"path\":\"/v1/customers\",\"drop\":true,\"when\":\"after\"}");

        // Then each happens once, in that order
        assertThatThrownBy(() -> stripe.client.v1().customers().create()).isInstanceOf(RateLimitException.class);
        assertThatThrownBy(() -> stripe.client.v1().customers().create()).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> post("")).isInstanceOf(IOException.class);
        assertThat(stripe.client.v1().customers().list().getData()).hasSize(1);
    }

    @Test
    void an_answer_that_is_held_back_shows_the_state_of_when_it_was_asked_for() throws Exception {
        // Given
        Customer customer = stripe.payer("pm_card_visa");
        String path = "/v1/customers/" + customer.getId();
        stripe.control(
                "POST",
                "/_fake/faults",
                "{\"method\":\"GET\",\"path\":\"/v1/customers/*\",\"hold\":true,\"when\":\"after\"}");

        // When it changes meanwhile
        CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> {
            try {
                return stripe.send(path, "GET", "text/plain", "", "Authorization", "Bearer sk_test_a")
                        .body();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> !stripe.control("GET", "/_fake", "").contains("\"planned_faults\" : 1"));
        stripe.client
                .v1()
                .customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder().setName("New").build());

        // Then
        assertThat(held).isNotDone();
        stripe.control("POST", "/_fake/faults/release", "");
        assertThat(held.get()).contains("\"name\" : null");
        assertThat(stripe.client.v1().customers().retrieve(customer.getId()).getName())
                .isEqualTo("New");
    }

    @Test
    void the_same_seed_and_calls_give_the_same_ids() throws Exception {
        // Given
        String first = stripe.payer("pm_card_visa").getId();

        // When
        stripe.control("POST", "/_fake/reset", "{}");

        // Then
        assertThat(stripe.client.v1().customers().list().getData()).isEmpty();
        assertThat(stripe.payer("pm_card_visa").getId()).isEqualTo(first);
    }

    @Test
    void a_full_fake_says_what_to_do() throws Exception {
        try (Stripe small = Stripe.start(Settings.defaults().withMaxObjects(3))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 3; i++) {
                            small.client.v1().customers().create();
                        }
                    })
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("/_fake/reset");
        }
    }

    /** A POST of a client that doesn't repeat by itself what was not answered, as the JDK's older one does. */
    private HttpResponse<String> post(String form, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer sk_test_a"));
        all.addAll(List.of(headers));
        return stripe.send("/v1/customers", "POST", FORM, form, all.toArray(String[]::new));
    }
}
