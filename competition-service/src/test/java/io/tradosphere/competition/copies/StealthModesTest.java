package io.tradosphere.competition.copies;

import static io.tradosphere.competition.ContestSteps.SOON;
import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.awaitStealth;
import static io.tradosphere.competition.ContestSteps.complete;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.gladiator;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.nextSequence;
import static io.tradosphere.competition.ContestSteps.participant;
import static io.tradosphere.competition.ContestSteps.setStealth;
import static io.tradosphere.competition.ContestSteps.start;
import static io.tradosphere.competition.ContestSteps.traders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.competition.Applied;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
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
class StealthModesTest {

    private Person shy;
    private UUID cup;

    @BeforeEach
    void there_is_a_cup() {
        shy = gladiator();
        cup = announced(gladiator(), cup());
    }

    @Test
    void whoever_joins_in_stealth_mode_is_hidden_from_all_but_themselves() {
        setStealth(shy, true);
        awaitStealth(shy, true);

        join(shy, cup).then().statusCode(201);

        assertThat(seenBy(gladiator())).isZero();
        assertThat(seenBy(shy)).isEqualTo(1);
    }

    @Test
    void whoever_goes_into_stealth_mode_is_hidden_wherever_they_take_or_took_part() {
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

        setStealth(shy, true);

        awaitHidden(cup, true);
        awaitHidden(active, true);
        awaitHidden(over, true);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM prizes WHERE competition_id = ? AND hidden", over))
                .isEqualTo(1);
    }

    @Test
    void whoever_leaves_stealth_mode_is_shown_again() {
        join(shy, cup);
        setStealth(shy, true);
        awaitHidden(cup, true);

        setStealth(shy, false);

        awaitHidden(cup, false);
        assertThat(seenBy(gladiator())).isEqualTo(1);
    }

    @Test
    void a_change_makes_the_ranking_stale() {
        join(shy, cup);
        Sql.asSuperuser()
                .execute("UPDATE rankings SET stale_since = NULL, ranked_at = NULL WHERE competition_id = ?", cup);

        setStealth(shy, true);

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
        told(true, second);
        awaitHidden(cup, true);

        told(false, first);
        told(true, second);

        Applied.all(Topic.PROFILE_SETTINGS, "stealth");
        assertThat(hidden(cup)).isEqualTo("t");
    }

    @Test
    void another_setting_that_changes_moves_nobody() {
        join(shy, cup);
        TopicTap.publish(new SettingsChanged(shy.id(), Acquaintance.incarnation(shy), false, true), nextSequence());

        Applied.all(Topic.PROFILE_SETTINGS, "stealth");
        assertThat(hidden(cup)).isEqualTo("f");
    }

    @Test
    void an_earlier_lifes_stealth_mode_is_not_the_present_ones() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        Person back = Acquaintance.of(UUID.randomUUID(), Tier.GLADIATOR, born);
        long earlier = Acquaintance.incarnation(born.minus(10, ChronoUnit.DAYS));
        TopicTap.publish(new SettingsChanged(back.id(), earlier, true, false), nextSequence());
        awaitStealth(back, true);

        join(back, cup).then().statusCode(201);

        assertThat(participant(cup, back, "hidden")).isEqualTo("f");
    }

    @Test
    void nothing_is_kept_of_a_life_that_has_ended() {
        long incarnation = Acquaintance.incarnation(shy);
        Acquaintance.erase(shy, incarnation);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number("SELECT count(*) FROM departed WHERE pseudonym = auth.pseudonym(?)", shy.id())
                        == 1);

        TopicTap.publish(new SettingsChanged(shy.id(), incarnation, true, false), nextSequence());

        Applied.all(Topic.PROFILE_SETTINGS, "stealth");
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM stealth WHERE profile_id = ?", shy.id()))
                .isZero();
    }

    @Test
    void joins_and_changes_at_once_hide_everybody_who_is_in_stealth_mode() {
        List<Person> people = traders(12);
        UUID other = announced(gladiator(), cup());
        List<Callable<Integer>> calls = new ArrayList<>();
        for (Person person : people) {
            calls.add(() -> join(person, cup).statusCode());
            calls.add(() -> join(person, other).statusCode());
            calls.add(() -> {
                setStealth(person, true);
                return 201;
            });
        }

        assertThat(AtOnce.run(calls)).containsOnly(201);

        Stream.of(cup, other)
                .forEach(competition -> await().atMost(SOON)
                        .until(() -> Sql.asSuperuser()
                                        .number(
                                                "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND hidden",
                                                competition)
                                == people.size()));
    }

    private UUID joined() {
        UUID competition = announced(gladiator(), cup());
        join(shy, competition).then().statusCode(201);
        return competition;
    }

    private void told(boolean on, long sequence) {
        TopicTap.publish(new SettingsChanged(shy.id(), Acquaintance.incarnation(shy), on, false), sequence);
    }

    private String hidden(UUID competition) {
        return participant(competition, shy, "hidden");
    }

    private void awaitHidden(UUID competition, boolean hidden) {
        await().atMost(SOON).until(() -> hidden(competition).equals(hidden ? "t" : "f"));
    }

    /** In how many rows of the cup somebody finds the one in stealth mode. */
    private long seenBy(Person reader) {
        return Sql.as(Slice.Role.APP)
                .claiming(reader.id())
                .number(
                        "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND user_id = ?",
                        cup,
                        shy.id());
    }
}
