package io.tradosphere.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.Slice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code verify} says of runs that take long, stop in the middle, or cannot be completed. */
class VerificationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String CLEAN = "{\"rows\": 3, \"drift\": 0, \"repaired\": 0, \"shown\": []}\n";
    private static final Slice BILLING = Slice.named("billing");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final StringWriter out = new StringWriter();
    private HttpServer service;

    @BeforeEach
    void a_service() throws IOException {
        service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.setExecutor(threads);
        service.createContext("/internal/reconciliation/v1/reconciliations", call -> {
            boolean isBilling = call.getRequestHeaders().getFirst("Host").startsWith("localhost");
            answer(call, isBilling ? """
                    {"reconciliations": [{"name": "frozen", "columns": []}, {"name": "slow", "columns": []},
                    {"name": "refused", "columns": []}, {"name": "quick", "columns": []}]}""" : "{\"reconciliations\": []}");
        });
        service.createContext("/internal/reconciliation/v1/runs", this::run);
        service.start();
    }

    @AfterEach
    void nothing_stays() {
        over.countDown();
        service.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_run_that_does_not_get_on_is_given_up_with_a_reason_and_the_others_are_compared() {
        boolean clean = verification().run(List.of("frozen", "quick"), false);

        assertThat(clean).isFalse();
        assertThat(said())
                .contains("frozen ? ? ?", "quick 3 0 0")
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("billing-service: the run of frozen has not got on for 2 s; its log may say why."));
    }

    @Test
    void a_run_that_gets_on_may_take_longer() {
        assertThat(verification().run(List.of("slow"), false)).isTrue();

        assertThat(said()).contains("slow 3 0 0");
    }

    @Test
    void a_run_that_fails_in_the_middle_says_why() {
        assertThat(verification().run(List.of("refused"), false)).isFalse();

        assertThat(said()).contains("refused ? ? ?", "billing-service: Stripe cannot be asked.");
    }

    private void run(HttpExchange call) throws IOException {
        JsonNode body = new ObjectMapper().readTree(call.getRequestBody());
        call.sendResponseHeaders(200, 0);
        try {
            switch (body.path("name").asText()) {
                case "frozen" -> {
                    write(call, "{\"steps\":1}\n");
                    over.await();
                }
                case "slow" -> {
                    // Every line comes in time; together they take longer than the patience.
                    for (int step = 1; step <= 4; step++) {
                        over.await(PATIENCE.toMillis() / 3, TimeUnit.MILLISECONDS);
                        write(call, "{\"steps\":" + step + "}\n");
                    }
                    write(call, CLEAN);
                }
                case "refused" -> write(call, "{\"steps\":1}\n{\"failure\":\"Stripe cannot be asked.\"}\n");
                default -> write(call, CLEAN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            call.close();
        }
    }

    private static void write(HttpExchange call, String text) throws IOException {
        call.getResponseBody().write(text.getBytes(UTF_8));
        call.getResponseBody().flush();
    }

    private static void answer(HttpExchange call, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private List<String> said() {
        return out.toString().lines().map(line -> line.replaceAll(" +", " ")).toList();
    }

    private Verification verification() {
        int port = service.getAddress().getPort();
        Map<String, String> endpoints = new HashMap<>(Map.of("TRADOSPHERE_INTERNAL_TOKEN", "token"));
        for (Slice slice : Slice.values()) {
            // By its name the stub knows whom it stands for.
            String host = slice.equals(BILLING) ? "localhost" : "127.0.0.1";
            endpoints.put(slice.variable() + "_MANAGEMENT_URL", "http://" + host + ":" + port);
        }
        return new Verification(new Reconciliations(new Endpoints(endpoints), PATIENCE), new PrintWriter(out, true));
    }
}
