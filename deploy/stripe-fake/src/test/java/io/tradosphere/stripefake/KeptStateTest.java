package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Product;
import com.stripe.model.Subscription;
import com.stripe.net.RequestOptions;
import com.stripe.param.EventListParams;
import com.stripe.param.ProductCreateParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fake that is given a file goes on where the one before it ended. */
class KeptStateTest {

    private static final List<String> LISTS = List.of(
            "accounts",
            "application_fees",
            "balance",
            "balance_transactions",
            "charges",
            "checkout/sessions",
            "customers",
            "disputes",
            "invoices",
            "payment_intents",
            "prices",
            "products",
            "refunds",
            "subscriptions",
            "transfers");

    @TempDir
    private Path folder;

    private Settings settings;

    @BeforeEach
    void a_file() {
        settings = Settings.defaults().withState(folder.resolve("stripe.journal"));
    }

    @Test
    void every_object_is_there_again_as_it_was() throws Exception {
        // Given
        Map<String, String> before;
        List<String> eventsBefore;
        Instant then;
        try (Stripe stripe = Stripe.start(settings)) {
            Scenario.everything(stripe);
            stripe.days(40);
            before = everything(stripe);
            eventsBefore = events(stripe);
            then = stripe.fake.now();
            settings = settings.withPort(port(stripe));
        }

        // When
        try (Stripe stripe = Stripe.start(settings)) {

            // Then
            assertThat(everything(stripe)).isEqualTo(before);
            assertThat(events(stripe)).isEqualTo(eventsBefore);
            assertThat(stripe.fake.now()).isEqualTo(then);
        }
    }

    @Test
    void a_full_file_takes_no_more_until_a_reset() throws Exception {
        try (Stripe stripe = Stripe.start(settings)) {
            // Given
            String large = "description=" + "a".repeat(1_000_000);
            int refused = 0;
            for (int i = 0; i < 40 && refused != 507; i++) {
                refused = post(stripe, "/v1/customers", large).statusCode();
            }

            // When
            HttpResponse<String> customer = post(stripe, "/v1/customers", "name=Alice");

            // Then
            assertThat(customer.statusCode()).isEqualTo(507);
            assertThat(customer.body()).contains("takes no more", "/_fake/reset");
            assertThat(Files.size(folder.resolve("stripe.journal"))).isLessThan(40_000_000);
            stripe.fake.reset(7);
            assertThat(post(stripe, "/v1/customers", "name=Alice").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> post(Stripe stripe, String path, String form) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stripe.fake.baseUrl() + path))
                                .header("Authorization", "Bearer sk_test_full")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_subscription_is_renewed_and_new_objects_have_new_ids() throws Exception {
        // Given
        Subscription subscription;
        try (Stripe stripe = Stripe.start(settings)) {
            subscription = stripe.subscribe(stripe.payer("pm_card_visa"), stripe.monthly("usd", 1000));
        }

        try (Stripe stripe = Stripe.start(settings)) {
            // When
            stripe.listen();
            stripe.days(31);
            Customer other = stripe.payer("pm_card_visa");

            // Then
            assertThat(stripe.invoices(subscription.getId())).hasSize(2);
            assertThat(other.getId()).isNotEqualTo(subscription.getCustomer());
            assertThat(stripe.received).anyMatch(webhook -> webhook.payload().contains("invoice.paid"));
        }
    }

    @Test
    void a_request_is_answered_again_by_its_idempotency_key() throws Exception {
        Product first;
        try (Stripe stripe = Stripe.start(settings)) {
            first = product(stripe, "k1");
        }

        try (Stripe stripe = Stripe.start(settings)) {
            assertThat(product(stripe, "k1").getId()).isEqualTo(first.getId());
            assertThat(product(stripe, "k2").getId()).isNotEqualTo(first.getId());
        }
    }

    @Test
    void half_a_line_of_a_process_that_was_killed_is_left_out() throws Exception {
        Product first;
        try (Stripe stripe = Stripe.start(settings)) {
            first = product(stripe, "k1");
        }
        Files.writeString(settings.state(), "{\"method\":\"POST\",\"pa", StandardOpenOption.APPEND);

        Product second;
        try (Stripe stripe = Stripe.start(settings)) {
            second = product(stripe, "k2");
        }

        try (Stripe stripe = Stripe.start(settings)) {
            assertThat(product(stripe, "k1").getId()).isEqualTo(first.getId());
            assertThat(product(stripe, "k2").getId()).isEqualTo(second.getId());
        }
    }

    @Test
    void a_reset_forgets_what_was_kept() throws Exception {
        try (Stripe stripe = Stripe.start(settings)) {
            product(stripe, "k1");
            stripe.fake.reset(7);
        }

        try (Stripe stripe = Stripe.start(settings)) {
            assertThat(stripe.client.v1().products().list().getData()).isEmpty();
        }
    }

    @Test
    void a_file_that_leads_to_other_ids_is_put_aside() throws Exception {
        try (Stripe stripe = Stripe.start(settings)) {
            product(stripe, "k1");
        }
        Files.writeString(
                settings.state(), Files.readString(settings.state()).replaceAll("\"ids\":\\d+", "\"ids\":99"));

        try (Stripe stripe = Stripe.start(settings)) {
            assertThat(stripe.client.v1().products().list().getData()).isEmpty();
            assertThat(folder.resolve("stripe.journal.unusable")).exists();
        }
    }

    private static Product product(Stripe stripe, String key) throws Exception {
        return stripe.client
                .v1()
                .products()
                .create(
                        ProductCreateParams.builder().setName("Gold").build(),
                        RequestOptions.builder().setIdempotencyKey(key).build());
    }

    private static Map<String, String> everything(Stripe stripe) throws Exception {
        Map<String, String> everything = new LinkedHashMap<>();
        for (String list : LISTS) {
            String query =
                    list.equals("balance") ? "" : list.equals("subscriptions") ? "?limit=100&status=all" : "?limit=100";
            everything.put(
                    list,
                    stripe.send(
                                    "/v1/" + list + query,
                                    "GET",
                                    "application/x-www-form-urlencoded",
                                    "",
                                    "Authorization",
                                    "Bearer sk_test_anything")
                            .body());
        }
        return everything;
    }

    private static List<String> events(Stripe stripe) throws Exception {
        return stripe
                .client
                .v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .getData()
                .stream()
                .map((Event event) -> event.getId() + " " + event.getType() + " " + event.getCreated())
                .toList();
    }

    private static int port(Stripe stripe) {
        return URI.create(stripe.fake.baseUrl()).getPort();
    }
}
