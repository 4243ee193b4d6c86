package io.tradosphere.competition.replica;

import static io.tradosphere.competition.CompetitionSteps.SOON;
import static io.tradosphere.competition.CompetitionSteps.awaitStealth;
import static io.tradosphere.competition.CompetitionSteps.complete;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.nextSequence;
import static io.tradosphere.competition.CompetitionSteps.participant;
import static io.tradosphere.competition.CompetitionSteps.publishStealth;
import static io.tradosphere.competition.CompetitionSteps.start;
import static io.tradosphere.competition.CompetitionSteps.traders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.competition.ConsumerProgress;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class StealthReplicaTest {

    private TestUser shy;
    private UUID cup;

    @BeforeEach
    void there_is_a_cup() {
        shy = gladiator();
        cup = created(gladiator(), cup());
    }

    @Test
    void a_participant_who_joins_in_stealth_mode_is_visible_only_to_themselves() {
        publishStealth(shy, true);
        awaitStealth(shy, true);

        join(shy, cup).then().statusCode(201);

        assertThat(seenBy(gladiator())).isZero();
        assertThat(seenBy(shy)).isEqualTo(1);
    }

    @Test
    void enabling_stealth_mode_hides_all_participations_and_results() {
        UUID active = joined();
        start(active);
        UUID over = joined();
        start(over);
        complete(over);
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO prizes (competition_id, user_id, incarnation, rank, score) SELECT competition_id, user_id, incarnation, 1, 1"
                                + " FROM competition_participants WHERE competition_id = ? AND user_id = ? ON CONFLICT DO NOTHING",
                        over,
                        shy.id());
        join(shy, cup);

        publishStealth(shy, true);

        awaitHidden(cup, true);
        awaitHidden(active, true);
        awaitHidden(over, true);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM prizes WHERE competition_id = ? AND hidden", over))
                .isEqualTo(1);
    }

    @Test
    void disabling_stealth_mode_shows_the_participant_again() {
        join(shy, cup);
        publishStealth(shy, true);
        awaitHidden(cup, true);

        publishStealth(shy, false);

        awaitHidden(cup, false);
        assertThat(seenBy(gladiator())).isEqualTo(1);
    }

    @Test
    void a_change_makes_the_ranking_stale() {
        join(shy, cup);
        Sql.asSuperuser()
                .execute("UPDATE rankings SET stale_since = NULL, ranked_at = NULL WHERE competition_id = ?", cup);

        publishStealth(shy, true);

        awaitHidden(cup, true);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM rankings WHERE competition_id = ? AND (stale_since IS NOT NULL OR ranked_at IS NOT NULL)",
                                cup))
                .isEqualTo(1);
    }

    @Test
    void events_that_come_late_or_twice_change_nothing() {
        join(shy, cup);
        long first = nextSequence();
        long second = nextSequence();
        received(true, second);
        awaitHidden(cup, true);

        received(false, first);
        received(true, second);

        ConsumerProgress.awaitAllApplied(Topic.PROFILE_SETTINGS, "stealth");
        assertThat(hidden(cup)).isEqualTo("t");
    }

    @Test
    void a_change_of_another_setting_changes_no_participant() {
        join(shy, cup);
        TopicReader.publish(new SettingsChanged(shy.id(), KnownProfiles.incarnation(shy), false, true), nextSequence());

        ConsumerProgress.awaitAllApplied(Topic.PROFILE_SETTINGS, "stealth");
        assertThat(hidden(cup)).isEqualTo("f");
    }

    @Test
    void an_earlier_incarnations_stealth_mode_is_not_inherited() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        TestUser back = KnownProfiles.of(UUID.randomUUID(), Tier.GLADIATOR, born);
        long earlier = KnownProfiles.incarnation(born.minus(10, ChronoUnit.DAYS));
        TopicReader.publish(new SettingsChanged(back.id(), earlier, true, false), nextSequence());
        awaitStealth(back, true);

        join(back, cup).then().statusCode(201);

        assertThat(participant(cup, back, "hidden")).isEqualTo("f");
    }

    @Test
    void rows_of_an_erased_incarnation_are_not_inserted() {
        long incarnation = KnownProfiles.incarnation(shy);
        KnownProfiles.erase(shy, incarnation);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM erased_profiles WHERE pseudonym = auth.pseudonym(?)",
                                        shy.id())
                        == 1);

        TopicReader.publish(new SettingsChanged(shy.id(), incarnation, true, false), nextSequence());

        ConsumerProgress.awaitAllApplied(Topic.PROFILE_SETTINGS, "stealth");
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM stealth WHERE profile_id = ?", shy.id()))
                .isZero();
    }

    @Test
    void joins_and_changes_at_once_hide_everybody_who_is_in_stealth_mode() {
        List<TestUser> people = traders(12);
        UUID other = created(gladiator(), cup());
        List<Callable<Integer>> calls = new ArrayList<>();
        for (TestUser person : people) {
            calls.add(() -> join(person, cup).statusCode());
            calls.add(() -> join(person, other).statusCode());
            calls.add(() -> {
                publishStealth(person, true);
                return 201;
            });
        }

        assertThat(Concurrently.run(calls)).containsOnly(201);

        Stream.of(cup, other)
                .forEach(competition -> await().atMost(SOON)
                        .until(() -> Sql.asSuperuser()
                                        .number(
                                                "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND hidden",
                                                competition)
                                == people.size()));
    }

    private UUID joined() {
        UUID competition = created(gladiator(), cup());
        join(shy, competition).then().statusCode(201);
        return competition;
    }

    private void received(boolean on, long sequence) {
        TopicReader.publish(new SettingsChanged(shy.id(), KnownProfiles.incarnation(shy), on, false), sequence);
    }

    private String hidden(UUID competition) {
        return participant(competition, shy, "hidden");
    }

    private void awaitHidden(UUID competition, boolean hidden) {
        await().atMost(SOON).until(() -> hidden(competition).equals(hidden ? "t" : "f"));
    }

    /** The number of rows in which that user finds the hidden participant. */
    private long seenBy(TestUser reader) {
        return Sql.as(Slice.Role.APP)
                .claiming(reader.id())
                .number(
                        "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND user_id = ?",
                        cup,
                        shy.id());
    }
}
