package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.demo.DemoCommand;
import io.tradosphere.stack.issuer.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class FirstCallsTest {

    private static final int FRESH_PEOPLE = 200;

    @Test
    void the_first_calls_of_the_readme_do_what_it_says() {
        // given alice and bob, by the names that ./tradosphere token takes
        Client alice = named("alice");
        Client bob = named("bob");

        // when
        Client.Answer made = alice.call("POST", "/v1/profiles", "{\"username\":\"alice\",\"displayName\":\"Alice\"}");
        Client.Answer too = bob.call("POST", "/v1/profiles", "{\"username\":\"bob\"}");
        Client.Answer followed = bob.follow(alice);

        // then
        assertThat(List.of(made.status(), too.status(), followed.status())).containsExactly(201, 201, 204);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Client.nobody()
                                .does("GET", "/v1/profiles/alice", null)
                                .at("/stats/followerCount")
                                .asInt()
                        == 1);
        for (String page : List.of("/docs", "/openapi.json", "/asyncapi.yaml")) {
            assertThat(Client.nobody().call("GET", page, null).status())
                    .as(page)
                    .isEqualTo(200);
        }
    }

    @Test
    void whoever_has_just_made_a_profile_can_follow_and_be_followed_at_once() {
        // given people who come eight at a time, each a moment after somebody else
        Queue<Client> here = new ConcurrentLinkedQueue<>(List.of(Client.arrived()));
        List<Client> fresh = IntStream.range(0, FRESH_PEOPLE)
                .mapToObj(number -> Client.stranger())
                .toList();
        Queue<Client.Answer> answers = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // when each makes a profile, follows the one before, and is followed by them
        CompletableFuture<?>[] arrivals = fresh.stream()
                .map(person -> CompletableFuture.runAsync(
                        () -> {
                            person.makeProfile();
                            Client before = here.poll();
                            if (before != null) {
                                answers.add(person.follow(before));
                                answers.add(before.follow(person));
                            }
                            here.add(person);
                        },
                        threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(arrivals).join();
        threads.shutdown();

        // then nobody hears of a profile that is not there yet
        assertThat(answers).hasSizeGreaterThan(FRESH_PEOPLE);
        assertThat(answers).extracting(Client.Answer::status).containsOnly(204);
    }

    @Test
    void the_demo_ends_with_every_counter_right() {
        assertThat(TheSuite.run(new DemoCommand())).isZero();
    }

    private static Client named(String name) {
        UUID id = Tokens.profileId(name);
        return new Client(id, new Tokens(TheSuite.endpoints().get("OIDC_ISSUER")).token(id.toString(), List.of()));
    }
}
