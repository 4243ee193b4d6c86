package io.tradosphere.cli.verify;

import static io.tradosphere.cli.verify.SignalCounts.ANSWERS_TO_SIGNALS;
import static io.tradosphere.cli.verify.SignalCounts.OUTCOMES_OF_SIGNALS;
import static io.tradosphere.cli.verify.SignalCounts.RECORDS_OF_CREATORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.cli.verify.Reconciliation.Drift;
import io.tradosphere.cli.verify.Reconciliation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SignalCountsTest {

    private static final String RECORD = """
            SELECT total_signals AS a, hit_signals AS b, miss_signals AS c, verified_hits AS d, win_streak AS e,
              max_win_streak AS f FROM profile.profile_stats WHERE profile_id = ?
            """;
    private static final String ANSWERS =
            "SELECT like_count AS a, comment_count AS b, view_count AS c FROM signal.signals WHERE id = ?";

    private static World world;

    @BeforeAll
    static void make() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    /** So that no test is in the way of the next one. */
    @AfterEach
    void mendWhatIsLeft() {
        List.of(RECORDS_OF_CREATORS, OUTCOMES_OF_SIGNALS, ANSWERS_TO_SIGNALS).forEach(world::repair);
    }

    @Test
    void a_wrong_record_is_named_with_what_it_says_and_what_it_should_and_is_mended() {
        // given
        UUID creator = world.person();
        world.signal(creator, "hit", "market");
        world.signal(creator, "miss", "creator");
        world.signal(creator);
        world.repair(RECORDS_OF_CREATORS);
        world.sql("UPDATE profile.profile_stats SET hit_signals = 5, win_streak = 2 WHERE profile_id = ?", creator);

        // when
        Outcome found = world.verify(RECORDS_OF_CREATORS);

        // then
        assertThat(found.drift()).isEqualTo(1);
        assertThat(found.repaired()).isZero();
        assertThat(found.shown())
                .containsExactly(
                        new Drift(creator.toString(), "hit_signals is 5, should be 1; win_streak is 2, should be 0"));

        // when
        Outcome mended = world.repair(RECORDS_OF_CREATORS);

        // then
        assertThat(mended.repaired()).isEqualTo(1);
        assertThat(world.row(RECORD, creator)).isEqualTo("3 1 1 1 0 1");
        assertThat(world.verify(RECORDS_OF_CREATORS).drift()).isZero();
    }

    @Test
    void of_many_wrong_records_the_first_are_named_and_all_are_counted_and_mended() {
        List<UUID> creators =
                IntStream.range(0, 25).mapToObj(number -> world.person()).toList();
        creators.forEach(world::signal);

        Outcome found = world.repair(RECORDS_OF_CREATORS);

        assertThat(found.drift()).isEqualTo(25);
        assertThat(found.repaired()).isEqualTo(25);
        assertThat(found.shown()).hasSize(Outcome.SHOWN);
        assertThat(creators)
                .allSatisfy(creator -> assertThat(world.row(RECORD, creator)).isEqualTo("1 0 0 0 0 0"));
    }

    @Test
    void streaks_are_counted_anew_in_the_order_of_resolution() {
        // given random histories, and what a plain count makes of each
        Random random = new Random();
        List<UUID> creators = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int person = 0; person < 20; person++) {
            UUID creator = world.person();
            int hits = 0;
            int misses = 0;
            int streak = 0;
            int longest = 0;
            int signals = random.nextInt(12);
            for (int i = 0; i < signals; i++) {
                String status = List.of("hit", "hit", "miss", "cancelled").get(random.nextInt(4));
                world.signal(creator, status, "creator");
                hits += status.equals("hit") ? 1 : 0;
                misses += status.equals("miss") ? 1 : 0;
                streak = status.equals("hit") ? streak + 1 : status.equals("miss") ? 0 : streak;
                longest = Math.max(longest, streak);
            }
            creators.add(creator);
            expected.add("%d %d %d 0 %d %d".formatted(signals, hits, misses, streak, longest));
        }

        // when
        world.repair(RECORDS_OF_CREATORS);

        // then
        assertThat(creators).map(creator -> world.row(RECORD, creator)).isEqualTo(expected);
    }

    @Test
    void signals_of_an_earlier_life_count_neither_way() {
        UUID creator = world.person();
        world.signal(creator, "hit", "creator");
        world.repair(RECORDS_OF_CREATORS);

        world.sql(
                "UPDATE profile.profile_stats SET incarnation = 8, total_signals = 0, hit_signals = 0, win_streak = 0,"
                        + " max_win_streak = 0 WHERE profile_id = ?",
                creator);

        assertThat(world.verify(RECORDS_OF_CREATORS).drift()).isZero();
        assertThat(world.verify(OUTCOMES_OF_SIGNALS).drift()).isZero();
    }

    @Test
    void outcomes_that_are_missing_too_many_or_wrong_are_mended() {
        // given
        UUID creator = world.person();
        UUID hit = world.signal(creator, "hit", "market");
        UUID miss = world.signal(creator, "miss", "creator");
        world.repair(OUTCOMES_OF_SIGNALS);
        world.sql("UPDATE profile.signal_outcomes SET hit = false WHERE signal_id = ?", hit);
        world.sql("DELETE FROM profile.signal_outcomes WHERE signal_id = ?", miss);
        world.sql(
                "INSERT INTO profile.signal_outcomes VALUES (?, 7, now(), ?, true, true)", creator, UUID.randomUUID());

        // when
        Outcome found = world.repair(OUTCOMES_OF_SIGNALS);

        // then
        assertThat(found.shown())
                .containsExactly(new Drift(
                        creator.toString(), "missing outcomes is 2, should be 0; surplus outcomes is 2, should be 0"));
        assertThat(world.row("""
                        SELECT string_agg(concat(signal_id, hit, verified), ',' ORDER BY resolved_at)
                        FROM profile.signal_outcomes WHERE creator_id = ?
                        """, creator)).isEqualTo(hit + "tt," + miss + "ff");
        assertThat(world.verify(OUTCOMES_OF_SIGNALS).drift()).isZero();
    }

    @Test
    void a_wrong_count_of_answers_is_named_and_mended() {
        // given
        UUID creator = world.person();
        UUID signal = world.signal(creator);
        world.sql(
                "INSERT INTO signal.signal_engagement (signal_id, user_id, reaction_type) VALUES (?, ?, 'fire')",
                signal,
                creator);
        world.sql(
                "INSERT INTO signal.signal_comments (signal_id, author_id, content) VALUES (?, ?, 'Hm')",
                signal,
                creator);
        world.sql("INSERT INTO signal.signal_views (signal_id, bucket_at, views) VALUES (?, now(), 5)", signal);
        world.sql("UPDATE signal.signals SET like_count = 1, view_count = 4 WHERE id = ?", signal);

        // when
        Outcome found = world.repair(ANSWERS_TO_SIGNALS);

        // then
        assertThat(found.shown())
                .containsExactly(
                        new Drift(signal.toString(), "comment_count is 0, should be 1; view_count is 4, should be 5"));
        assertThat(world.row(ANSWERS, signal)).isEqualTo("1 1 5");
    }

    @Test
    void what_is_still_under_way_is_no_drift() {
        UUID creator = world.person();
        try (Service service = new Service(world)) {
            service.posts(creator);
            service.appliesAfter(700, TimeUnit.MILLISECONDS);

            assertThat(world.verify(RECORDS_OF_CREATORS).drift()).isZero();
        }
        assertThat(world.row(RECORD, creator)).isEqualTo("1 0 0 0 0 0");
    }

    @Test
    void a_record_that_never_rests_is_mended_and_nothing_under_way_is_lost_or_doubled() {
        UUID creator = world.person();
        try (Service service = new Service(world)) {
            // given somebody who posts and takes back all the time
            service.keepsDoing(() -> service.posts(creator));
            service.keepsDoing(() -> service.takesBackOne(creator));
            service.keepsApplying();

            // then what is under way is no drift
            assertThat(world.verify(RECORDS_OF_CREATORS).drift()).isZero();

            // when
            world.sql(
                    "UPDATE profile.profile_stats SET total_signals = total_signals + 1000 WHERE profile_id = ?",
                    creator);

            // then
            assertThat(world.verify(RECORDS_OF_CREATORS).drift()).isEqualTo(1);
            assertThat(world.repair(RECORDS_OF_CREATORS).repaired()).isEqualTo(1);
            assertThat(world.verify(RECORDS_OF_CREATORS).drift()).isZero();
        }
        assertThat(world.row("SELECT total_signals FROM profile.profile_stats WHERE profile_id = ?", creator))
                .isEqualTo(world.row("SELECT count(*) FROM signal.signals WHERE creator_id = ?", creator));
    }

    @Test
    void a_signal_that_everybody_reacts_to_is_mended_and_nothing_under_way_is_lost_or_doubled() {
        UUID signal = world.signal(world.person());
        try (Service service = new Service(world)) {
            // given
            service.keepsDoing(() -> service.reacts(signal));
            service.keepsDoing(() -> service.reacts(signal));
            service.keepsApplying();

            // then what is under way is no drift
            assertThat(world.verify(ANSWERS_TO_SIGNALS).drift()).isZero();

            // when
            world.sql("UPDATE signal.signals SET like_count = like_count + 1000 WHERE id = ?", signal);

            // then
            assertThat(world.verify(ANSWERS_TO_SIGNALS).drift()).isEqualTo(1);
            assertThat(world.repair(ANSWERS_TO_SIGNALS).repaired()).isEqualTo(1);
            assertThat(world.verify(ANSWERS_TO_SIGNALS).drift()).isZero();
        }
        assertThat(world.row("SELECT like_count FROM signal.signals WHERE id = ?", signal))
                .isEqualTo(world.row("SELECT count(*) FROM signal.signal_engagement WHERE signal_id = ?", signal));
    }
}
