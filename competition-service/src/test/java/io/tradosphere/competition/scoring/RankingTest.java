package io.tradosphere.competition.scoring;

import static io.tradosphere.competition.scoring.ScoringSteps.BY_PNL;
import static io.tradosphere.competition.scoring.ScoringSteps.SOON;
import static io.tradosphere.competition.scoring.ScoringSteps.about;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitRanked;
import static io.tradosphere.competition.scoring.ScoringSteps.change;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
import static io.tradosphere.competition.scoring.ScoringSteps.earns;
import static io.tradosphere.competition.scoring.ScoringSteps.participant;
import static io.tradosphere.competition.scoring.ScoringSteps.participantFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class RankingTest {

    private static final String PLACE = "concat_ws(' ', trim_scale(score), rank, public_rank)";
    private static final String LATE = "{\"lateEntry\":true}";

    @Inject
    RankingChore chore;

    @Test
    void those_who_are_equal_share_a_rank_and_the_next_is_as_far_behind_as_there_are_before() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        Person carol = participant(cup);
        Person dave = participant(cup);
        earns(alice, "30");
        earns(bob, "20");
        earns(carol, "20");
        earns(dave, "-10");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol, dave))
                .containsExactly("1 1 1", "0.33333333 2 2", "0.33333333 2 2", "0 4 4");
    }

    @Test
    void whoever_is_alone_has_all_there_is_to_have_but_nothing_for_what_they_lack() {
        UUID cup = competition("free_for_all", "{\"totalPnl\":0.5,\"winRate\":0.3,\"sharpeRatio\":0.2}", LATE);
        Person alice = participant(cup);
        awaitRanked(cup);
        String withoutTrades = about(cup, alice, PLACE);

        earns(alice, "-5");
        awaitRanked(cup);

        assertThat(withoutTrades).isEqualTo("0.5 1 1");
        assertThat(about(cup, alice, PLACE)).isEqualTo("1 1 1");
    }

    @Test
    void whoever_lacks_a_metric_gets_nothing_for_it_and_is_not_in_its_ranking() {
        UUID cup = competition("free_for_all", "{\"winRate\":1}", LATE);
        Person alice = participant(cup);
        Person bob = participant(cup);
        Person carol = participant(cup);
        participant(cup);
        earns(alice, "5");
        earns(bob, "6");
        earns(bob, "-6");
        earns(carol, "-1");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol)).containsExactly("1 1 1", "0.5 2 2", "0 3 3");
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND score = 0 AND rank = 3",
                                cup))
                .isEqualTo(2);
    }

    @Test
    void the_less_somebody_has_fallen_the_better() {
        UUID cup = competition("free_for_all", "{\"maxDrawdown\":1}", LATE);
        Person alice = participant(cup);
        Person bob = participant(cup);
        Person idle = participant(cup);
        earns(alice, "-500");
        earns(bob, "-20");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, idle)).containsExactly("0 2 2", "1 1 1", "0 2 2");
    }

    @Test
    void whoever_withdraws_or_is_disqualified_leaves_their_place_to_the_others() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        Person carol = participant(cup);
        Person dave = participant(cup);
        earns(alice, "40");
        earns(bob, "30");
        earns(carol, "20");
        earns(dave, "10");
        awaitRanked(cup);

        change(cup, alice, "status = 'withdrawn'");
        change(cup, carol, "status = 'disqualified', disqualification_reason = 'cheats'");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol, dave)).containsExactly("0", "1 1 1", "0", "0 2 2");
    }

    @Test
    void whoever_is_hidden_has_a_rank_and_leaves_no_hole_among_the_others() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        Person carol = participant(cup);
        earns(alice, "30");
        earns(bob, "20");
        earns(carol, "10");

        change(cup, alice, "hidden = true");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol)).containsExactly("1 1 1", "0.5 2 1", "0 3 2");
    }

    @Test
    void a_team_is_ranked_by_the_mean_of_its_members_and_they_all_have_its_rank() {
        UUID cup = competition("team", BY_PNL, LATE);
        UUID wolves = UUID.randomUUID();
        UUID bears = UUID.randomUUID();
        UUID bulls = UUID.randomUUID();
        UUID shy = UUID.randomUUID();
        Person best = participantFor(wolves, cup);
        Person worst = participantFor(wolves, cup);
        Person second = participantFor(bears, cup);
        Person third = participantFor(bulls, cup);
        Person hidden = participantFor(shy, cup);
        earns(best, "50");
        earns(hidden, "45");
        earns(second, "40");
        earns(third, "30");
        earns(worst, "-10");
        change(cup, hidden, "hidden = true");
        awaitRanked(cup);

        assertThat(places(cup, best, worst, second, third, hidden))
                .containsExactly("1 2 1", "0 2 1", "0.5 2 1", "0.25 4 3", "0.75 1 1");
    }

    @Test
    void several_replicas_that_rank_at_once_come_to_the_same() {
        UUID cup = competition();
        Person alice = participant(cup);
        Person bob = participant(cup);
        earns(alice, "3");
        earns(bob, "4");

        AtOnce.run(
                Collections.<Callable<Void>>nCopies(8, () -> chore.run().await().atMost(SOON)));
        awaitRanked(cup);

        assertThat(places(cup, alice, bob)).containsExactly("0 2 2", "1 1 1");
    }

    private static List<String> places(UUID cup, Person... people) {
        return Stream.of(people).map(person -> about(cup, person, PLACE)).toList();
    }
}
