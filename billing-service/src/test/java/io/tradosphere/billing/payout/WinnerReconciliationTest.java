package io.tradosphere.billing.payout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.billing.VerifySteps;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code verify} finds when a prize is owed to somebody else than who won it. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class WinnerReconciliationTest {

    private static final String NAME = "payouts.profile_id of prizes";

    @Inject
    VerifySteps reconciliations;

    private final UUID participant = UUID.randomUUID();
    private TestUser winner;
    private TestUser other;
    private UUID prize;

    @BeforeEach
    void a_prize_whose_winner_is_known() {
        winner = KnownProfiles.of(Tier.GROW);
        other = KnownProfiles.of(Tier.GROW);
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO prize_candidates (participant_id, competition_id, profile_id, incarnation)
                VALUES ($participant, gen_random_uuid(), $winner, $incarnation);
                INSERT INTO payouts (kind, source_id, winner_id, profile_id, incarnation, amount, status)
                VALUES ('prize', gen_random_uuid(), $participant, $winner, $incarnation, 20, 'owed');
                """,
                        Map.of(
                                "participant",
                                participant,
                                "winner",
                                winner,
                                "incarnation",
                                KnownProfiles.incarnation(winner)));
        prize = (UUID) Sql.asSuperuser()
                .column("SELECT id FROM payouts WHERE winner_id = ?", participant)
                .get(0);
        assertThat(reconciliations.verify(NAME).drift()).isZero();
    }

    @Test
    void a_prize_of_somebody_else_is_named_and_given_back_to_its_winner() {
        owedTo(other);

        assertThat(reconciliations.verify(NAME).shown())
                .singleElement()
                .satisfies(drift -> assertThat(drift)
                        .extracting(Outcome.Drift::id, Outcome.Drift::difference)
                        .containsExactly(prize.toString(), difference()));
        assertThat(reconciliations.repair(NAME).repaired()).isEqualTo(1);

        assertThat(prizes(winner)).containsExactly(prize.toString());
        assertThat(prizes(other)).isEmpty();
        assertThat(reconciliations.verify(NAME).drift()).isZero();
    }

    @Test
    void what_is_paid_stays_with_who_got_it() {
        owedTo(other);
        Sql.asSuperuser()
                .execute(
                        "UPDATE payouts SET status = 'paid', stripe_transfer_id = ?, paid_at = now() WHERE id = ?",
                        "tr_" + prize,
                        prize);

        assertThat(reconciliations.repair(NAME).drift()).isZero();

        assertThat(prizes(other)).containsExactly(prize.toString());
    }

    private void owedTo(TestUser person) {
        Sql.asSuperuser()
                .execute(
                        "UPDATE payouts SET profile_id = ?, incarnation = ? WHERE id = ?",
                        person.id(),
                        KnownProfiles.incarnation(person),
                        prize);
    }

    /** The incarnations of two persons are equal, or differ. */
    private String difference() {
        long stored = KnownProfiles.incarnation(other);
        long correct = KnownProfiles.incarnation(winner);
        return (stored == correct ? "" : "incarnation is " + stored + ", should be " + correct + "; ")
                + "profile_id is " + other.id() + ", should be " + winner.id();
    }

    private static List<String> prizes(TestUser person) {
        return person.asking().get("/v1/payouts").path("items.id");
    }
}
