package io.tradosphere.signal.post;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.lastTraded;
import static io.tradosphere.signal.SignalSteps.outcome;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQL of the service's own role can do to a signal, past the service. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SignalImmutabilityTest {

    private static final String NOT_PERMITTED = "42501";
    private static final String CHECK_VIOLATION = "23514";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entry_price = 1",
                "target_price = 101",
                "stop_loss = 1",
                "direction = 'SHORT'",
                "asset_symbol = 'X'",
                "posted_at = now()",
                "hit_at = now()",
                "outcome_source = 'market'",
                "like_count = 1000",
                "creator_id = gen_random_uuid()"
            })
    void its_creator_cannot_rewrite_a_signal(String change) {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));

        assertThat(claiming(creator).refusal("UPDATE signals SET " + change + " WHERE id = ?", signal))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void the_worker_cannot_rewrite_a_signal_either() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        assertThat(Sql.as(Slice.Role.WORKER).refusal("UPDATE signals SET target_price = 101 WHERE id = ?", signal))
                .isEqualTo(CHECK_VIOLATION);
    }

    @Test
    void a_signal_is_resolved_once_and_a_miss_never_becomes_a_hit() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        asksToResolve(creator, signal, "miss", "89").then().statusCode(200);

        assertThat(claiming(creator)
                        .execute("UPDATE signals SET status = 'hit', outcome_price = 111 WHERE id = ?", signal))
                .isZero();
        assertThat(Sql.as(Slice.Role.WORKER)
                        .refusal("UPDATE signals SET status = 'hit', outcome_price = 111 WHERE id = ?", signal))
                .isEqualTo(CHECK_VIOLATION);
        assertThat(claiming(creator).execute("DELETE FROM signals WHERE id = ?", signal))
                .isZero();
        assertThat(outcome(signal)).isEqualTo("miss 89 creator");
    }

    @Test
    void a_signal_older_than_a_minute_is_not_deleted_in_sql_either() {
        TestUser creator = creator();
        UUID signal = postedBefore(creator, freshSymbol(), 61);

        assertThat(claiming(creator).execute("DELETE FROM signals WHERE id = ?", signal))
                .isZero();
        assertThat(outcome(signal)).isEqualTo("active");
    }

    @Test
    void where_the_market_resolves_a_creator_only_cancels_in_the_first_minute() {
        TestUser creator = creator();
        String symbol = freshSymbol();
        lastTraded(symbol, "100", 60);
        UUID fresh = posted(creator, signalFields(symbol));
        UUID old = postedBefore(creator, symbol, 61);

        assertThat(claiming(creator)
                        .refusal("UPDATE signals SET status = 'hit', outcome_price = 111 WHERE id = ?", fresh))
                .isEqualTo(CHECK_VIOLATION);
        assertThat(claiming(creator).refusal("UPDATE signals SET status = 'cancelled' WHERE id = ?", old))
                .isEqualTo(CHECK_VIOLATION);
        assertThat(claiming(creator).execute("UPDATE signals SET status = 'cancelled' WHERE id = ?", fresh))
                .isEqualTo(1);
    }

    @Test
    void posting_for_another_profile_below_grow_or_as_hit_is_refused() {
        TestUser creator = creator();
        TestUser free = known(Tier.FREE);
        String insert =
                "INSERT INTO signals (creator_id, asset_symbol, asset_type, direction, rationale) VALUES (?, 'X', 'crypto', 'LONG', 'x')";

        assertThat(claiming(free).refusal(insert, free.id())).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(free).refusal(insert, creator.id())).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(creator)
                        .refusal(
                                "INSERT INTO signals (creator_id, asset_symbol, asset_type, direction, rationale, status)"
                                        + " VALUES (?, 'X', 'crypto', 'LONG', 'x', 'hit')",
                                creator.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(creator).execute(insert, creator.id())).isEqualTo(1);
    }

    @Test
    void a_signal_of_another_creator_cannot_be_changed() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        TestUser other = creator();

        assertThat(claiming(other).execute("UPDATE signals SET rationale = 'mine' WHERE id = ?", signal))
                .isZero();
        assertThat(claiming(other).execute("DELETE FROM signals WHERE id = ?", signal))
                .isZero();
        assertThat(claiming(other)
                        .refusal(
                                "SELECT FROM resolve_by_market(ARRAY[?]::uuid[], ARRAY['hit'], ARRAY[110]::numeric[])",
                                signal))
                .isEqualTo(NOT_PERMITTED);
    }

    private static Sql claiming(TestUser person) {
        return Sql.as(Slice.Role.APP).claiming(person.id());
    }
}
