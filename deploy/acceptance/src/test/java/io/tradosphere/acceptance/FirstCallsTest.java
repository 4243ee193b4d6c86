package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.demo.DemoCommand;
import io.tradosphere.openapi.check.DocumentTools;
import io.tradosphere.stack.issuer.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class FirstCallsTest {

    private static final int FRESH_PEOPLE = 200;

    /** Says that a thread got no time for two seconds. That is the machine's fault while everything starts at once. */
    private static final String BUSY_MACHINE = "[BlockedThreadChecker]";

    @Test
    void the_first_calls_of_the_readme_do_what_it_says() {
        // given alice and bob, by the names that ./tradosphere token takes
        Client alice = named("alice");
        Client bob = named("bob");

        // when
        Client.Response made = alice.call("POST", "/v1/profiles", "{\"username\":\"alice\",\"displayName\":\"Alice\"}");
        Client.Response too = bob.call("POST", "/v1/profiles", "{\"username\":\"bob\"}");
        Client.Response followed = bob.follow(alice);

        // then
        assertThat(List.of(made.status(), too.status(), followed.status())).containsExactly(201, 201, 204);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Client.anonymous()
                                .request("GET", "/v1/profiles/alice", null)
                                .at("/stats/followerCount")
                                .asInt()
                        == 1);
        for (String page : List.of("/docs", "/openapi.json", "/asyncapi.yaml")) {
            assertThat(Client.anonymous().call("GET", page, null).status())
                    .as(page)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_new_profile_can_follow_and_be_followed_at_once() {
        // given profiles that are created eight at a time, each a moment after another
        Queue<Client> here = new ConcurrentLinkedQueue<>(List.of(Client.withProfile()));
        List<Client> fresh = IntStream.range(0, FRESH_PEOPLE)
                .mapToObj(number -> Client.withoutProfile())
                .toList();
        Queue<Client.Response> responses = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // when each creates a profile, follows the previous one, and is followed by it
        CompletableFuture<?>[] arrivals = fresh.stream()
                .map(person -> CompletableFuture.runAsync(
                        () -> {
                            person.createProfile();
                            Client before = here.poll();
                            if (before != null) {
                                responses.add(person.follow(before));
                                responses.add(before.follow(person));
                            }
                            here.add(person);
                        },
                        threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(arrivals).join();
        threads.shutdown();

        // then no request fails for an unknown profile
        assertThat(responses).hasSizeGreaterThan(FRESH_PEOPLE);
        assertThat(responses).extracting(Client.Response::status).containsOnly(204);
    }

    @Test
    void a_normal_start_logs_no_warning() throws IOException {
        // given services that have begun their work: a follow becomes a count
        Client followed = Client.withProfile();
        Client.withProfile().follow(followed);
        await().atMost(Duration.ofSeconds(60)).until(() -> followed.followerCount() == 1);

        // then
        try (Stream<Path> logs = Files.list(SharedSuite.get().data().logs())) {
            assertThat(logs.filter(log -> log.toString().matches(".*(service|gateway)\\.log"))
                            .flatMap(FirstCallsTest::warnings))
                    .isEmpty();
        }
    }

    @Test
    void the_merged_document_has_no_error_by_the_tools_of_strangers() throws Exception {
        // when
        Client.Response document = Client.anonymous().call("GET", "/openapi.json", null);

        // then
        assertThat(DocumentTools.findings(document.body())).isEmpty();
    }

    @Test
    void the_demo_ends_with_every_counter_right() {
        assertThat(SharedSuite.run(new DemoCommand())).isZero();
    }

    private static Stream<String> warnings(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.matches("\\d\\S+Z +(WARN|ERROR|FATAL) .*"))
                    .filter(line -> !line.contains(BUSY_MACHINE))
                    .filter(line ->
                            Instant.parse(line.substring(0, line.indexOf(' '))).isAfter(SharedSuite.startedAt()))
                    .map(line -> log.getFileName() + ": " + line);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Client named(String name) {
        UUID id = Tokens.profileId(name);
        return new Client(id, new Tokens(SharedSuite.endpoints().get("OIDC_ISSUER")).token(id.toString(), List.of()));
    }
}
