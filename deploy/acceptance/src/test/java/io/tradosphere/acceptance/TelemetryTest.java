package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.acceptance.Collector.Span;
import io.tradosphere.stack.TestStack;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JSON logs and spans of a request, from the gateway through a service and the outbox to a consumer. */
class TelemetryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = UUID.randomUUID().toString().replace("-", "");
    private static final String CLIENT_SPAN = "00f067aa0ba902b7";
    private static final String REQUEST_ID = "request-of-a-test";
    private static final String TEXT = "words that belong to a person";
    private static final int SERVER = 2;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;

    private static Collector collector;
    private static ObservedServices services;
    private static Client client;

    /** A client makes a profile, reads it, is refused, and asks for a service that is away. */
    @BeforeAll
    static void requests() throws Exception {
        collector = new Collector();
        services = new ObservedServices(collector);
        UUID id = UUID.randomUUID();
        client = new Client(id, TestStack.get().token(id.toString()));
        String[] headers = {"traceparent", "00-" + TRACE + "-" + CLIENT_SPAN + "-01", "X-Request-Id", REQUEST_ID};
        String profile = "{\"username\":\"" + username() + "\",\"bio\":\"" + TEXT + "\"}";

        assertThat(client.callAt(services.url(), "POST", "/v1/profiles", profile, headers)
                        .status())
                .isEqualTo(201);
        assertThat(client.callAt(services.url(), "GET", "/v1/profiles/" + id, null)
                        .status())
                .isEqualTo(200);
        assertThat(client.callAt(services.url(), "PUT", "/v1/follows/" + id, null)
                        .status())
                .isEqualTo(400);
        assertThat(client.callAt(services.url(), "GET", "/v1/signals?q=" + TEXT.replace(' ', '+'), null)
                        .status())
                .isEqualTo(503);
    }

    @AfterAll
    static void stop() {
        services.close();
        collector.close();
    }

    @Test
    void one_trace_joins_gateway_service_outbox_and_consumer() {
        // Each process sends its spans by itself, in no order.
        await().atMost(SOON).untilAsserted(() -> {
            List<Span> spans = collector.spansOf(TRACE);
            only(spans, "gateway", SERVER);
            only(spans, "profile-service", SERVER);
            only(spans, "profile-service", PRODUCER);
            only(spans, "social-service", CONSUMER);
        });
        List<Span> spans = collector.spansOf(TRACE);

        Span gateway = only(spans, "gateway", SERVER);
        Span service = only(spans, "profile-service", SERVER);
        Span event = only(spans, "profile-service", PRODUCER);
        Span consumer = only(spans, "social-service", CONSUMER);
        assertThat(gateway.parent()).isEqualTo(CLIENT_SPAN);
        assertThat(service.parent()).isEqualTo(gateway.id());
        assertThat(event.parent()).isEqualTo(service.id());
        assertThat(consumer.parent()).isEqualTo(event.id());
        assertThat(service.name()).isEqualTo("POST /v1/profiles");
        assertThat(event.name()).isEqualTo("publish tradosphere.profile.profiles");
    }

    @Test
    void each_line_is_an_object_and_those_of_a_request_name_trace_request_and_caller() {
        String pseudonym = pseudonym(client.id());

        for (String name : List.of("gateway", "profile-service")) {
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode line = line(name, REQUEST_ID);
                assertThat(line.path("service").asText()).isEqualTo(name);
                assertThat(line.path("level").asText()).isEqualTo("INFO");
                assertThat(line.path("timestamp").asText()).isNotEmpty();
                assertThat(line.at("/mdc/traceId").asText()).isEqualTo(TRACE);
                assertThat(line.at("/mdc/caller").asText()).isEqualTo(pseudonym);
            });
        }
        assertThat(line("profile-service", REQUEST_ID).path("message").asText())
                .startsWith("POST /v1/profiles 201 in ");
    }

    @Test
    void no_line_has_the_token_the_text_the_name_or_the_id_of_a_person() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(services.log("gateway")).anyMatch(line -> line.contains("GET signal-service 503")));

        for (String name : List.of("gateway", "profile-service", "social-service")) {
            assertThat(String.join("\n", services.log(name)))
                    .doesNotContain(client.token())
                    .doesNotContain(TEXT)
                    .doesNotContain(TEXT.replace(' ', '+'))
                    .doesNotContain(username())
                    .doesNotContain(client.id().toString());
        }
    }

    @Test
    void the_callers_pseudonym_is_for_the_log_alone() throws Exception {
        var response = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(services.url() + "/v1/profiles/" + client.id()))
                                .header("Authorization", "Bearer " + client.token())
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.discarding());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map()).doesNotContainKey("x-tradosphere-caller");
    }

    private static Span only(List<Span> spans, String service, int kind) {
        return spans.stream()
                .filter(span -> span.service().equals(service) && span.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(service + " has no span of kind " + kind + ": " + spans));
    }

    /** The line of a request that has ended. Every line must be an object. */
    private static JsonNode line(String process, String request) {
        return services.log(process).stream()
                .map(Client::parsed)
                .filter(line -> line.at("/mdc/requestId").asText().equals(request))
                .findFirst()
                .orElseThrow(() -> new AssertionError(process + " has no line of " + request));
    }

    private static String username() {
        return "u" + TRACE.substring(0, 20);
    }

    /** As docs/operations.md says. */
    private static String pseudonym(UUID profile) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(ObservedServices.KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] code = mac.doFinal(("log:" + profile).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(code).substring(0, 16);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
