package io.tradosphere.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tradosphere.services.Services;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the program says when it cannot begin, or a service cannot compare. */
class VerifyMainTest {

    private final StringWriter out = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void an_unknown_argument_ends_it_with_2_and_the_usage() {
        assertThat(run("--fix")).isEqualTo(2);
        assertThat(out).hasToString("usage: tradosphere-verify [--repair]\n");
    }

    @Test
    void a_missing_address_ends_it_with_78_and_the_name_of_the_variable() {
        assertThat(run()).isEqualTo(78);
        assertThat(out)
                .hasToString("Set PROFILE_MANAGEMENT_URL: the management port of profile-service, such as"
                        + " http://host:9000.\n");
    }

    @Test
    void a_missing_token_ends_it_with_78_and_the_name_of_the_variable() {
        // given
        everyAddress();

        // then
        assertThat(run()).isEqualTo(78);
        assertThat(out).asString().startsWith("Set TRADOSPHERE_INTERNAL_TOKEN: ");
    }

    @Test
    void a_service_that_does_not_answer_ends_it_with_1_and_its_name() {
        // given
        everyAddress();
        environment.put("TRADOSPHERE_INTERNAL_TOKEN", "token");

        // then
        assertThat(run("--repair")).isEqualTo(1);
        assertThat(out).asString().startsWith("profile-service does not respond");
    }

    @Test
    void what_a_service_cannot_compare_is_said_and_the_others_are_compared() throws IOException {
        // given
        HttpServer services = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        services.createContext("/internal/reconciliation/v1/reconciliations", call -> respond(call, 200, """
                {"reconciliations": [{"name": "plans.stripe", "columns": []}, {"name": "plans.count", "columns": []}]}
                """));
        services.createContext("/internal/reconciliation/v1/runs", call -> {
            boolean asksStripe = new String(call.getRequestBody().readAllBytes(), UTF_8).contains("plans.stripe");
            respond(
                    call,
                    asksStripe ? 503 : 200,
                    asksStripe
                            ? "Stripe cannot be asked."
                            : "{\"rows\": 3, \"drift\": 0, \"repaired\": 0, \"shown\": []}");
        });
        services.start();
        everyAddress("http://127.0.0.1:" + services.getAddress().getPort());
        environment.put("TRADOSPHERE_INTERNAL_TOKEN", "token");

        // when
        int exitCode = run();
        services.stop(0);

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("plans.stripe ? ? ?", "plans.count 3 0 0", "billing-service: Stripe cannot be asked.");
    }

    private static void respond(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private void everyAddress() {
        // Nothing listens on port 1.
        everyAddress("http://127.0.0.1:1");
    }

    private void everyAddress(String url) {
        Services.all()
                .forEach(
                        service -> environment.put(service.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL", url));
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(out, true);
        return VerifyMain.run(environment, writer, arguments);
    }
}
