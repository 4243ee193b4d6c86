package io.tradosphere.billing.pool;

import static io.tradosphere.billing.pool.PoolSteps.accrue;
import static io.tradosphere.billing.pool.PoolSteps.distribute;
import static io.tradosphere.billing.pool.PoolSteps.nextMonth;
import static io.tradosphere.billing.pool.PoolSteps.wasLegend;
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
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code verify} finds when a share of a pool is not owed as it was shared out. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class ShareReconciliationTest {

    private static final String NAME = "payouts of legends_pool_shares";

    @Inject
    VerifySteps reconciliations;

    private TestUser legend;
    private UUID share;

    @BeforeEach
    void a_distributed_pool() {
        legend = KnownProfiles.of(Tier.GROW);
        YearMonth month = nextMonth();
        wasLegend(legend, month, 0, 20);
        accrue(month, "60.01", "once").then().statusCode(201);
        distribute(month).then().statusCode(200);
        share = (UUID) Sql.asSuperuser()
                .column("SELECT id FROM legends_pool_shares WHERE profile_id = ?", legend.id())
                .get(0);
        // Other tests delete payouts.
        reconciliations.repair(NAME);
        assertThat(reconciliations.verify(NAME).drift()).isZero();
    }

    @Test
    void a_payout_of_another_amount_is_named_and_repaired() {
        Sql.asSuperuser().execute("UPDATE payouts SET amount = amount + 1 WHERE winner_id = ?", share);

        assertThat(reconciliations.verify(NAME).shown())
                .containsExactly(new Outcome.Drift(share.toString(), "amount is 61.01, should be 60.01"));
        assertThat(reconciliations.repair(NAME).repaired()).isEqualTo(1);

        assertThat(owed()).containsExactly("60.01 USD owed");
        assertThat(reconciliations.verify(NAME).drift()).isZero();
    }

    @Test
    void a_share_that_nobody_owes_is_named_and_owed_again() {
        Sql.asSuperuser().execute("DELETE FROM payouts WHERE winner_id = ?", share);

        assertThat(reconciliations.verify(NAME).shown())
                .containsExactly(new Outcome.Drift(share.toString(), "amount is null, should be 60.01"));
        assertThat(reconciliations.repair(NAME).repaired()).isEqualTo(1);

        assertThat(owed()).containsExactly("60.01 USD owed");
        assertThat(legend.asking().get("/v1/payouts").<String>path("items[0].amount"))
                .isEqualTo("60.01");
        assertThat(reconciliations.verify(NAME).drift()).isZero();
    }

    @Test
    void what_is_paid_stays_as_it_was_paid() {
        Sql.asSuperuser()
                .execute(
                        "UPDATE payouts SET amount = 1, status = 'paid', stripe_transfer_id = ?, paid_at = now()"
                                + " WHERE winner_id = ?",
                        "tr_" + share,
                        share);

        assertThat(reconciliations.repair(NAME).drift()).isZero();

        assertThat(owed()).containsExactly("1.00 USD paid");
    }

    private List<Object> owed() {
        return Sql.asSuperuser()
                .column("SELECT concat_ws(' ', amount, currency, status) FROM payouts WHERE winner_id = ?", share);
    }
}
