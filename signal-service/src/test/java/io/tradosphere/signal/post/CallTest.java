package io.tradosphere.signal.post;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.outcome;
import static io.tradosphere.signal.SignalSteps.posted;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session as the service's own role can do to a call when nothing but the database stands in its way. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class CallTest {

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
    void its_creator_cannot_rewrite_a_call(String change) {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));

        assertThat(claiming(creator).refusal("UPDATE signals SET " + change + " WHERE id = ?", signal))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void the_worker_cannot_rewrite_a_call_either() {
        UUID signal = posted(creator(), call(freshSymbol()));

        assertThat(Sql.as(Slice.Role.WORKER).refusal("UPDATE signals SET target_price = 101 WHERE id = ?", signal))
                .isEqualTo(CHECK_VIOLATION);
    }

    @Test
    void an_outcome_comes_once_and_a_miss_never_becomes_a_hit() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
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
    void nobody_posts_for_somebody_else_or_below_grow_or_already_hit() {
        Person creator = creator();
        Person free = known(Tier.FREE);
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
    void a_signal_of_somebody_else_is_out_of_reach() {
        UUID signal = posted(creator(), call(freshSymbol()));
        Person other = creator();

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

    private static Sql claiming(Person person) {
        return Sql.as(Slice.Role.APP).claiming(person.id());
    }
}
