package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.verify.Reconciliation;
import io.tradosphere.cli.verify.Reconciliations;
import io.tradosphere.cli.verify.VerifyCommand;
import io.tradosphere.stack.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Order(6)
class VerifyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void verify_finds_and_repairs_a_wrong_count_a_missing_edge_and_a_surplus_one() {
        // given
        Drift drift = new Drift();

        // when
        drift.plant();

        // then
        assertThat(SharedSuite.run(new VerifyCommand())).isEqualTo(1);
        assertThat(SharedSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
        drift.isMended();
    }

    @Test
    void verify_reports_the_drift_of_a_signal_record_and_repairs_it() {
        // given a profile with two hits and a miss, in this order
        Client creator = Client.signalCreator();
        for (String outcome : List.of("hit", "hit", "miss")) {
            creator.resolve(creator.postSignal("{}"), outcome);
        }
        await().atMost(TIMEOUT).until(() -> creator.stat("missSignals") == 1 && creator.stat("totalSignals") == 3);
        String signal = creator.postSignal("{}");
        await().atMost(TIMEOUT).until(() -> creator.stat("totalSignals") == 4);

        // when
        String theirs = " WHERE profile_id = '" + creator.id() + "'";
        Database.execute(
                "UPDATE profile.profile_stats SET total_signals = 9, hit_signals = 1, win_streak = 2" + theirs);
        Database.execute("DELETE FROM profile.signal_outcomes WHERE NOT hit AND creator_id = '" + creator.id() + "'");
        Database.execute("UPDATE signal.signals SET like_count = 3 WHERE id = '" + signal + "'");

        // then
        assertThat(SharedSuite.output(new VerifyCommand()))
                .containsPattern(creator.id() + ": hit_signals is 1, should be 2; miss_signals is 1, should be 0")
                .containsPattern(
                        creator.id() + ":[0-9]+: missing outcomes is 1, should be 0; total_signals is 9, should be 4")
                .contains(signal + ": like_count is 3, should be 0");
        assertThat(SharedSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
        assertThat(creator.stat("totalSignals")).isEqualTo(4);
        assertThat(creator.stat("hitSignals")).isEqualTo(2);
        assertThat(creator.stat("missSignals")).isEqualTo(1);
        assertThat(creator.stat("winStreak")).isZero();
        assertThat(creator.stat("maxWinStreak")).isEqualTo(2);

        // and new events count on top of it
        creator.resolve(signal, "hit");
        await().atMost(TIMEOUT).until(() -> creator.stat("hitSignals") == 3 && creator.stat("winStreak") == 1);
        Broker.awaitDrained();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_record_that_changes_all_the_time_is_repaired_and_nothing_in_flight_is_lost_or_doubled() {
        // given a creator who posts all the time
        Client creator = Client.signalCreator();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> posts = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                creator.postSignal("{}");
            }
        });
        String name = "profile.profile_stats.total_signals";
        try {
            await().atMost(TIMEOUT).until(() -> creator.stat("totalSignals") > 5);
            assertThat(SharedSuite.run(new VerifyCommand(), name)).isZero();

            // when
            Database.execute(
                    "UPDATE profile.profile_stats SET total_signals = total_signals + 1000 WHERE profile_id = '"
                            + creator.id() + "'");

            // then
            assertThat(SharedSuite.run(new VerifyCommand(), name)).isEqualTo(1);
            assertThat(SharedSuite.run(new VerifyCommand(), name, "--repair")).isZero();
            assertThat(SharedSuite.run(new VerifyCommand(), name)).isZero();
        } finally {
            over.set(true);
            posts.join();
        }
        Broker.awaitDrained();
        assertThat(creator.stat("totalSignals")).isEqualTo((int)
                Database.number("SELECT count(*) FROM signal.signals WHERE creator_id = ?", creator.id()));
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void verify_names_and_repairs_every_derived_column_that_is_damaged() {
        // given rows in every derived table
        VerifyScenario.ensure();
        assertThat(SharedSuite.run(new VerifyCommand(), "--repair")).isZero();
        List<DerivedColumn> columns = derivedColumns().stream()
                // One bean reconciles the profile replicas of all slices: all columns in one slice, one in the others.
                .filter(column -> !column.table().equals("profiles")
                        || column.name().equals("tier")
                        || column.reconciliation().slice() == Slice.SIGNAL)
                .toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> columns.stream().allMatch(DerivedColumn::hasRow));

        Set<DerivedColumn> unnoticed = new LinkedHashSet<>();
        List<String> unrepaired = new ArrayList<>();
        for (List<DerivedColumn> damaged : damagedTogether(columns)) {
            Set<DerivedColumn> unseen = new LinkedHashSet<>(damaged);
            // A job that the repair before has woken may undo a damage before verify looks.
            for (int attempt = 0; attempt < 3 && !unseen.isEmpty(); attempt++) {
                // when
                unseen.forEach(DerivedColumn::damage);

                // then
                String found = SharedSuite.output(new VerifyCommand(), names(unseen));
                unseen.removeIf(column -> found.contains(column.reconciliation().name() + " has drifted"));
            }
            unnoticed.addAll(unseen);
            if (!isRepaired(damaged)) {
                unrepaired.add(damaged.toString());
            }
        }
        assertThat(unrepaired).as("damaged columns that verify did not repair").isEmpty();
        assertThat(unnoticed).as("damaged columns that verify did not name").isEmpty();

        // and what derives from a damaged row is right again too
        SharedSuite.run(new VerifyCommand(), "--repair");
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    /**
     * The nth columns of all reconciliations, since each is named by its own. The full test damages one column at a time: then nothing
     * is named for what derives from another damaged row.
     */
    private static Collection<List<DerivedColumn>> damagedTogether(List<DerivedColumn> columns) {
        if (Boolean.getBoolean("tradosphere.full")) {
            return columns.stream().map(List::of).toList();
        }
        Map<Reconciliation, Integer> seen = new HashMap<>();
        return columns.stream()
                .collect(Collectors.groupingBy(
                        column -> seen.merge(column.reconciliation(), 1, Integer::sum),
                        TreeMap::new,
                        Collectors.toList()))
                .values();
    }

    /** A repair of one row may show that another, which derives from it, is wrong as well. Then it takes one more. */
    private static boolean isRepaired(Collection<DerivedColumn> damaged) {
        List<String> repair = new ArrayList<>(List.of(names(damaged)));
        repair.add("--repair");
        for (int pass = 0; pass < Math.min(damaged.size(), 3); pass++) {
            SharedSuite.run(new VerifyCommand(), repair.toArray(String[]::new));
            if (SharedSuite.run(new VerifyCommand(), names(damaged)) == 0) {
                return true;
            }
        }
        return false;
    }

    private static String[] names(Collection<DerivedColumn> columns) {
        return columns.stream()
                .map(column -> column.reconciliation().name())
                .distinct()
                .toArray(String[]::new);
    }

    @Test
    void a_trade_and_rows_of_replicas_that_were_lost_come_back() {
        // given
        VerifyScenario.ensure();

        // when
        Database.execute("DELETE FROM competition.scored_trades WHERE NOT is_retracted AND competition_id IN"
                + " (SELECT id FROM competition.competitions WHERE status = 'active')");
        Database.execute("DELETE FROM competition.stealth WHERE hidden");
        Database.execute("DELETE FROM competition.clan_members WHERE is_member");
        Database.execute("DELETE FROM signal.blocks WHERE is_blocking");
        Database.execute("DELETE FROM signal.journals WHERE is_public");
        Database.execute("DELETE FROM signal.subscriptions WHERE is_active");
        Database.execute("DELETE FROM profile.subscription_edges WHERE active");

        // then
        assertThat(SharedSuite.output(new VerifyCommand()))
                .contains(
                        "competition.scored_trades has drifted",
                        "competition.stealth has drifted",
                        "competition.clan_members has drifted",
                        "signal.blocks has drifted",
                        "signal.journals has drifted",
                        "signal.subscriptions has drifted",
                        "profile.subscription_edges has drifted",
                        "is not known, should be");
        assertThat(SharedSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void every_column_that_no_request_writes_is_reconciled_or_declared_as_state() {
        Set<String> reconciled =
                derivedColumns().stream().map(DerivedColumn::toString).collect(Collectors.toSet());

        assertThat(DeclaredState.undeclaredColumnsThatNoRequestWrites())
                .as("Reconcile such a column, or list it in state-columns.txt with the reason.")
                .isSubsetOf(reconciled);
    }

    private static List<DerivedColumn> derivedColumns() {
        return new Reconciliations(SharedSuite.endpoints())
                .all().stream()
                        .flatMap(one -> one.columns().stream().sorted().map(column -> DerivedColumn.of(one, column)))
                        .toList();
    }

    @Test
    void verify_works_under_load_and_reports_no_event_in_flight_as_drift() {
        // given clients that repeatedly follow and unfollow the same profiles
        List<Client> fans =
                IntStream.range(0, 8).mapToObj(number -> Client.withProfile()).toList();
        List<Client> stars =
                IntStream.range(0, 3).mapToObj(number -> Client.withProfile()).toList();
        Drift drift = new Drift();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(fans.size());
        CompletableFuture<?>[] load = fans.stream()
                .map(fan -> CompletableFuture.runAsync(() -> toggle(fan, stars, over, wrong), threads))
                .toArray(CompletableFuture[]::new);
        try {
            // then events in flight are no drift
            for (int i = 0; i < 5; i++) {
                assertThat(SharedSuite.run(new VerifyCommand())).isZero();
            }

            // when a count drifts, then it is found and repaired under load
            drift.plant();
            assertThat(SharedSuite.run(new VerifyCommand())).isEqualTo(1);
            assertThat(SharedSuite.run(new VerifyCommand(), "--repair")).isZero();
            assertThat(SharedSuite.run(new VerifyCommand())).isZero();
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
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    private static void toggle(Client fan, List<Client> stars, AtomicBoolean over, AtomicInteger wrong) {
        boolean follow = true;
        while (!over.get()) {
            Client star = stars.get(ThreadLocalRandom.current().nextInt(stars.size()));
            Client.Response response = follow ? fan.follow(star) : fan.unfollow(star);
            if (response.status() != 204) {
                wrong.incrementAndGet();
            }
            follow = !follow;
        }
    }

    /** Three profiles with wrong counts. They have 2, 1 and 0 followers. */
    private static final class Drift {
        private final Client miscounted = Client.withProfile();
        private final Client followed = Client.withProfile();
        private final Client imagined = Client.withProfile();
        private final Client fan = Client.withProfile();
        private final Client other = Client.withProfile();

        Drift() {
            fan.request("PUT", "/v1/follows/" + miscounted.id(), null);
            other.request("PUT", "/v1/follows/" + miscounted.id(), null);
            fan.request("PUT", "/v1/follows/" + followed.id(), null);
            await().atMost(TIMEOUT).until(() -> miscounted.followerCount() == 2 && followed.followerCount() == 1);
        }

        void plant() {
            Database.execute(
                    "UPDATE profile.profile_stats SET follower_count = 7 WHERE profile_id = '" + miscounted.id() + "'");
            Database.execute("DELETE FROM profile.follow_edges WHERE following_id = '" + followed.id() + "'");
            Database.execute("""
                    INSERT INTO profile.follow_edges
                      (follower_id, following_id, follower_incarnation, following_incarnation, active, sequence)
                    SELECT f.id, t.id, f.incarnation, t.incarnation, true, 1 FROM profile.profiles f, profile.profiles t
                    WHERE f.id = '%s' AND t.id = '%s'
                    """.formatted(fan.id(), imagined.id()));
        }

        void isMended() {
            await().atMost(TIMEOUT).untilAsserted(() -> {
                assertThat(miscounted.followerCount()).isEqualTo(2);
                assertThat(followed.followerCount()).isEqualTo(1);
                assertThat(imagined.followerCount()).isZero();
            });
        }
    }
}
