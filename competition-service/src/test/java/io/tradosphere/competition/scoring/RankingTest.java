package io.tradosphere.competition.scoring;

import static io.tradosphere.competition.scoring.ScoringSteps.BY_PNL;
import static io.tradosphere.competition.scoring.ScoringSteps.SOON;
import static io.tradosphere.competition.scoring.ScoringSteps.about;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitRanked;
import static io.tradosphere.competition.scoring.ScoringSteps.change;
import static io.tradosphere.competition.scoring.ScoringSteps.closeTrade;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
import static io.tradosphere.competition.scoring.ScoringSteps.participant;
import static io.tradosphere.competition.scoring.ScoringSteps.participantFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
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
    RankingJob job;

    @Test
    void those_who_are_equal_share_a_rank_and_the_next_is_as_far_behind_as_there_are_before() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser carol = participant(cup);
        TestUser dave = participant(cup);
        closeTrade(alice, "30");
        closeTrade(bob, "20");
        closeTrade(carol, "20");
        closeTrade(dave, "-10");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol, dave))
                .containsExactly("1 1 1", "0.33333333 2 2", "0.33333333 2 2", "0 4 4");
    }

    @Test
    void a_single_participant_scores_1_for_each_metric_they_have() {
        UUID cup = competition("free_for_all", "{\"totalPnl\":0.5,\"winRate\":0.3,\"sharpeRatio\":0.2}", LATE);
        TestUser alice = participant(cup);
        awaitRanked(cup);
        String withoutTrades = about(cup, alice, PLACE);

        closeTrade(alice, "-5");
        awaitRanked(cup);

        assertThat(withoutTrades).isEqualTo("0.5 1 1");
        assertThat(about(cup, alice, PLACE)).isEqualTo("1 1 1");
    }

    @Test
    void a_participant_without_a_metric_scores_0_and_is_not_ranked_by_it() {
        UUID cup = competition("free_for_all", "{\"winRate\":1}", LATE);
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser carol = participant(cup);
        participant(cup);
        closeTrade(alice, "5");
        closeTrade(bob, "6");
        closeTrade(bob, "-6");
        closeTrade(carol, "-1");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol)).containsExactly("1 1 1", "0.5 2 2", "0 3 3");
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM competition_participants WHERE competition_id = ? AND score = 0 AND rank = 3",
                                cup))
                .isEqualTo(2);
    }

    @Test
    void a_smaller_drawdown_scores_higher() {
        UUID cup = competition("free_for_all", "{\"maxDrawdown\":1}", LATE);
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser idle = participant(cup);
        closeTrade(alice, "-500");
        closeTrade(bob, "-20");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, idle)).containsExactly("0 2 2", "1 1 1", "0 2 2");
    }

    @Test
    void a_withdrawn_or_disqualified_participant_has_no_rank() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser carol = participant(cup);
        TestUser dave = participant(cup);
        closeTrade(alice, "40");
        closeTrade(bob, "30");
        closeTrade(carol, "20");
        closeTrade(dave, "10");
        awaitRanked(cup);

        change(cup, alice, "status = 'withdrawn'");
        change(cup, carol, "status = 'disqualified', disqualification_reason = 'cheats'");
        awaitRanked(cup);

        assertThat(places(cup, alice, bob, carol, dave)).containsExactly("0", "1 1 1", "0", "0 2 2");
    }

    @Test
    void a_hidden_participant_has_a_rank_and_leaves_no_gap_in_public_ranks() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        TestUser carol = participant(cup);
        closeTrade(alice, "30");
        closeTrade(bob, "20");
        closeTrade(carol, "10");

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
        TestUser best = participantFor(wolves, cup);
        TestUser worst = participantFor(wolves, cup);
        TestUser second = participantFor(bears, cup);
        TestUser third = participantFor(bulls, cup);
        TestUser hidden = participantFor(shy, cup);
        closeTrade(best, "50");
        closeTrade(hidden, "45");
        closeTrade(second, "40");
        closeTrade(third, "30");
        closeTrade(worst, "-10");
        change(cup, hidden, "hidden = true");
        awaitRanked(cup);

        assertThat(places(cup, best, worst, second, third, hidden))
                .containsExactly("1 2 1", "0 2 1", "0.5 2 1", "0.25 4 3", "0.75 1 1");
    }

    @Test
    void several_replicas_that_rank_at_once_come_to_the_same() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TestUser bob = participant(cup);
        closeTrade(alice, "3");
        closeTrade(bob, "4");

        Concurrently.run(
                Collections.<Callable<Void>>nCopies(8, () -> job.run().await().atMost(SOON)));
        awaitRanked(cup);

        assertThat(places(cup, alice, bob)).containsExactly("0 2 2", "1 1 1");
    }

    private static List<String> places(UUID cup, TestUser... people) {
        return Stream.of(people).map(person -> about(cup, person, PLACE)).toList();
    }
}
