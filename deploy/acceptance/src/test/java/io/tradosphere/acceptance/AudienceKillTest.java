package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.broker.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The audiences of three streams at two processes of streaming-service, by HTTP, while processes are killed. Counts are
 * compared with the clients' own record. {@code AudienceModelTest} in the service compares peaks of random audiences.
 */
@Order(11)
class AudienceKillTest {

    private static final boolean IS_FULL = Boolean.getBoolean("tradosphere.full");
    private static final int PEOPLE = IS_FULL ? 10_000 : 300;
    private static final int STREAMS = 3;
    private static final int CLIENTS = IS_FULL ? 32 : 8;
    private static final int KILLS = IS_FULL ? 8 : 2;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(IS_FULL ? 10 : 4);
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final Slice STREAMING = Slice.named("streaming");
    private static final String PREFIX = "audience.";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String PROFILES = """
            INSERT INTO streaming.profiles (id, username, tier, incarnation, sequence)
            SELECT id, 'u' || left(replace(id::text, '-', ''), 20), 'elite', 1, 1 FROM unnest(?::uuid[]) AS id
            """;

    private final AtomicReferenceArray<ServiceProcess> replicas = new AtomicReferenceArray<>(2);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger requests = new AtomicInteger();
    private final boolean[] watching = new boolean[PEOPLE];
    private final List<Client> people = new ArrayList<>();
    private final List<Client> creators = new ArrayList<>();
    private final List<String> streams = new ArrayList<>();
    private TestDatabase database;
    private volatile boolean isOver;

    @BeforeEach
    void begin() throws IOException, SQLException {
        database = TestStack.get().newDatabase(STREAMING);
        Topics.ensure(TestStack.get().kafkaBootstrap(), PREFIX);
        for (int replica = 0; replica < replicas.length(); replica++) {
            start(replica);
        }
        Stream.generate(AudienceKillTest::client).limit(PEOPLE).forEach(people::add);
        Stream.generate(AudienceKillTest::client).limit(STREAMS).forEach(creators::add);
        insertProfiles();
        for (Client creator : creators) {
            Client.Response started = creator.callAt(
                    replicas.get(0).url(), "POST", "/v1/streams", "{\"title\":\"Live\",\"category\":\"analysis\"}");
            assertThat(started.status()).as(started.body()).isEqualTo(201);
            streams.add(started.json().path("id").asText());
        }
    }

    @AfterEach
    void nothing_stays() {
        clients.shutdownNow();
        for (int replica = 0; replica < replicas.length(); replica++) {
            if (replicas.get(replica) != null) {
                replicas.get(replica).kill();
            }
        }
        database.close();
    }

    @Test
    void after_random_joins_leaves_and_kills_counts_equal_the_clients_record() throws Exception {
        // Given an audience of everybody, so that any request counted twice raises a peak or a total
        together(person -> send(new Random(person), person, true));
        awaitCounts(IntStream.range(0, STREAMS).map(this::audience).toArray());

        // When people leave and come back at any of the two processes, of which one or the other is killed
        CompletableFuture<?> load = CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> comeAndGo(client), clients))
                .toArray(CompletableFuture[]::new));
        Random random = new Random(2026);
        for (int kill = 0; kill < KILLS; kill++) {
            observeFor(BETWEEN_KILLS, load);
            int victim = random.nextInt(replicas.length());
            replicas.get(victim).kill();
            start(victim);
        }
        observeFor(BETWEEN_KILLS, load);
        isOver = true;
        load.get();

        // And everybody repeats what they said last, as heartbeats do
        together(person -> send(new Random(person), person, watching[person]));

        // Then
        awaitCounts(IntStream.range(0, STREAMS)
                .map(stream -> (int) IntStream.range(0, PEOPLE)
                        .filter(person -> person % STREAMS == stream && watching[person])
                        .count())
                .toArray());
        assertThat(requests.get()).isGreaterThan(2 * PEOPLE);
        System.out.printf(
                "audience: %d people, %d kills, %d requests of heartbeats and leavings, counts exact%n",
                PEOPLE, KILLS, requests.get());
    }

    /** A client sends what its own people do, one request after the other. */
    private void comeAndGo(int client) {
        Random random = new Random(client);
        while (!isOver) {
            int person = client + CLIENTS * random.nextInt((PEOPLE - client + CLIENTS - 1) / CLIENTS);
            send(random, person, random.nextInt(3) > 0);
        }
    }

    /** Says at a random process that somebody watches or leaves. Where it is killed, the other one is asked. */
    private void send(Random random, int person, boolean watches) {
        String path = "/v1/streams/" + streams.get(person % STREAMS) + "/viewers";
        for (int replica = random.nextInt(2);
                !isTaken(people.get(person), replica, path, watches);
                replica = 1 - replica) {
            Thread.onSpinWait();
        }
        watching[person] = watches;
        requests.incrementAndGet();
    }

    private boolean isTaken(Client client, int replica, String path, boolean watches) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(replicas.get(replica).url() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + client.token())
                .method(watches ? "POST" : "DELETE", HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            assertThat(status).isIn(204, 503);
            return status == 204;
        } catch (IOException killed) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Counts are in their bounds at every moment: nobody is counted twice, and none is negative. */
    private void observeFor(Duration time, CompletableFuture<?> load) {
        Instant until = Instant.now().plus(time);
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(load.isCompletedExceptionally()).isFalse();
            for (int stream = 0; stream < STREAMS; stream++) {
                JsonNode shown = shown(stream);
                int everybody = audience(stream);
                assertThat(shown.path("currentViewers").asInt(-1)).isBetween(0, everybody);
                assertThat(shown.path("peakViewers").asInt()).isEqualTo(everybody);
                assertThat(shown.path("totalViewers").asInt()).isEqualTo(everybody);
            }
            return Instant.now().isAfter(until);
        });
        for (int stream = 0; stream < STREAMS; stream++) {
            assertThat(isTaken(creators.get(stream), 0, "/v1/streams/" + streams.get(stream) + "/viewers", true))
                    .isTrue();
        }
    }

    private void awaitCounts(int... current) {
        await().atMost(SOON).untilAsserted(() -> {
            for (int stream = 0; stream < STREAMS; stream++) {
                JsonNode shown = shown(stream);
                int everybody = audience(stream);
                assertThat(List.of(
                                shown.path("currentViewers").asInt(),
                                shown.path("peakViewers").asInt(),
                                shown.path("totalViewers").asInt()))
                        .as("current, peak and total viewers of stream " + stream)
                        .containsExactly(current[stream], everybody, everybody);
            }
        });
    }

    private JsonNode shown(int stream) {
        return Client.anonymous()
                .callAt(replicas.get(0).url(), "GET", "/v1/streams/" + streams.get(stream), null)
                .json();
    }

    /** How many people watch a stream when all do. */
    private int audience(int stream) {
        return (PEOPLE - stream + STREAMS - 1) / STREAMS;
    }

    private void together(IntConsumer request) {
        IntStream.range(0, PEOPLE)
                .mapToObj(person -> CompletableFuture.runAsync(() -> request.accept(person), clients))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private void start(int replica) throws IOException {
        replicas.set(
                replica,
                ServiceProcess.whole(
                        STREAMING,
                        database,
                        PREFIX,
                        Map.of("AGORA_APP_CERTIFICATE", "5cfd2fd1755d40ecb72977518be15d3b")));
        await("streaming-service").atMost(SOON).until(replicas.get(replica)::isReady);
    }

    private void insertProfiles() throws SQLException {
        UUID[] ids = Stream.concat(people.stream(), creators.stream())
                .map(Client::id)
                .toArray(UUID[]::new);
        try (Connection connection = database.superuser().connect();
                PreparedStatement statement = connection.prepareStatement(PROFILES)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            statement.execute();
        }
    }

    private static Client client() {
        UUID id = UUID.randomUUID();
        return new Client(id, TestStack.get().token(id.toString()));
    }
}
