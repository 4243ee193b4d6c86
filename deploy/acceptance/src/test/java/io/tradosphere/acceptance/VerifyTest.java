package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.verify.VerifyCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(5)
class VerifyTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void verify_finds_and_repairs_a_wrong_count_a_missing_edge_and_a_surplus_one() {
        // given
        Drift drift = new Drift();

        // when
        drift.plant();

        // then
        assertThat(TheSuite.run(new VerifyCommand())).isEqualTo(1);
        assertThat(TheSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
        drift.isMended();
    }

    @Test
    void verify_names_what_drifted_of_a_signal_record_and_repairs_it() {
        // given somebody with two hits and a miss, in this order
        Client creator = Client.caller();
        for (String outcome : List.of("hit", "hit", "miss")) {
            creator.resolve(creator.posts("{}"), outcome);
        }
        await().atMost(SOON).until(() -> creator.stat("missSignals") == 1 && creator.stat("totalSignals") == 3);
        String signal = creator.posts("{}");
        await().atMost(SOON).until(() -> creator.stat("totalSignals") == 4);

        // when
        String theirs = " WHERE profile_id = '" + creator.id() + "'";
        Database.execute(
                "UPDATE profile.profile_stats SET total_signals = 9, hit_signals = 1, win_streak = 2" + theirs);
        Database.execute("DELETE FROM profile.signal_outcomes WHERE creator_id = '" + creator.id() + "'");
        Database.execute("UPDATE signal.signals SET like_count = 3 WHERE id = '" + signal + "'");

        // then
        assertThat(TheSuite.output(new VerifyCommand()))
                .contains(
                        creator.id()
                                + ": hit_signals is 1, should be 2; total_signals is 9, should be 4; win_streak is 2, should be 0")
                .contains(creator.id() + ": missing outcomes is 3, should be 0")
                .contains(signal + ": like_count is 3, should be 0");
        assertThat(TheSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
        assertThat(creator.stat("totalSignals")).isEqualTo(4);
        assertThat(creator.stat("hitSignals")).isEqualTo(2);
        assertThat(creator.stat("winStreak")).isZero();
        assertThat(creator.stat("maxWinStreak")).isEqualTo(2);

        // and what happens now counts on top of it
        creator.resolve(signal, "hit");
        await().atMost(SOON).until(() -> creator.stat("hitSignals") == 3 && creator.stat("winStreak") == 1);
        Broker.awaitDrained();
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void verify_does_so_under_load_and_takes_nothing_under_way_for_drift() {
        // given people who follow and unfollow the same few again and again
        List<Client> fans =
                IntStream.range(0, 8).mapToObj(number -> Client.arrived()).toList();
        List<Client> stars =
                IntStream.range(0, 3).mapToObj(number -> Client.arrived()).toList();
        Drift drift = new Drift();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(fans.size());
        CompletableFuture<?>[] load = fans.stream()
                .map(fan -> CompletableFuture.runAsync(() -> toggle(fan, stars, over, wrong), threads))
                .toArray(CompletableFuture[]::new);
        try {
            // then what is under way is no drift
            for (int i = 0; i < 5; i++) {
                assertThat(TheSuite.run(new VerifyCommand())).isZero();
            }

            // when something drifts, then it is found and mended all the same
            drift.plant();
            assertThat(TheSuite.run(new VerifyCommand())).isEqualTo(1);
            assertThat(TheSuite.run(new VerifyCommand(), "--repair")).isZero();
            assertThat(TheSuite.run(new VerifyCommand())).isZero();
        } finally {
            over.set(true);
            CompletableFuture.allOf(load).join();
            threads.shutdown();
        }
        assertThat(wrong).hasValue(0);
        drift.isMended();
        Broker.awaitDrained();
        for (Client star : stars) {
            long truth = Database.number("SELECT count(*) FROM social.follows WHERE following_id = ?", star.id());
            assertThat(star.followerCount()).isEqualTo((int) truth);
        }
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    private static void toggle(Client fan, List<Client> stars, AtomicBoolean over, AtomicInteger wrong) {
        boolean follow = true;
        while (!over.get()) {
            Client star = stars.get(ThreadLocalRandom.current().nextInt(stars.size()));
            Client.Answer answer = follow ? fan.follow(star) : fan.unfollow(star);
            if (answer.status() != 204) {
                wrong.incrementAndGet();
            }
            follow = !follow;
        }
    }

    /** Three people whose counts are tampered with: 2, 1 and 0 follow them. */
    private static final class Drift {
        private final Client miscounted = Client.arrived();
        private final Client forgotten = Client.arrived();
        private final Client imagined = Client.arrived();
        private final Client fan = Client.arrived();
        private final Client other = Client.arrived();

        Drift() {
            fan.does("PUT", "/v1/follows/" + miscounted.id(), null);
            other.does("PUT", "/v1/follows/" + miscounted.id(), null);
            fan.does("PUT", "/v1/follows/" + forgotten.id(), null);
            await().atMost(SOON).until(() -> miscounted.followerCount() == 2 && forgotten.followerCount() == 1);
        }

        void plant() {
            Database.execute(
                    "UPDATE profile.profile_stats SET follower_count = 7 WHERE profile_id = '" + miscounted.id() + "'");
            Database.execute("DELETE FROM profile.follow_edges WHERE following_id = '" + forgotten.id() + "'");
            Database.execute("""
                    INSERT INTO profile.follow_edges
                      (follower_id, following_id, follower_incarnation, following_incarnation, active, sequence)
                    SELECT f.id, t.id, f.incarnation, t.incarnation, true, 1 FROM profile.profiles f, profile.profiles t
                    WHERE f.id = '%s' AND t.id = '%s'
                    """.formatted(fan.id(), imagined.id()));
        }

        void isMended() {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(miscounted.followerCount()).isEqualTo(2);
                assertThat(forgotten.followerCount()).isEqualTo(1);
                assertThat(imagined.followerCount()).isZero();
            });
        }
    }
}
