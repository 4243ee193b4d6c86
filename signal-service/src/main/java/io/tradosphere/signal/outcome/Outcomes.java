package io.tradosphere.signal.outcome;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.market.FreshTick;
import io.tradosphere.signal.view.SignalEvents;
import io.tradosphere.signal.view.SignalState;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What becomes of signals by their creator's word. */
@ApplicationScoped
class Outcomes {

    static final ProblemKind MARKET_RESOLVES =
            new ProblemKind("market-resolves", 409, "The market resolves this signal");
    static final ProblemKind NOT_REACHED =
            new ProblemKind("outcome-not-reached", 409, "The outcome's price has not reached the level");

    /** First of all, so that whatever is read after it is the last word on every signal of the caller's. */
    private static final String TAKE_TURN = "SELECT FROM lock_creators(ARRAY[$1::uuid])";

    private static final String READ =
            "SELECT " + SignalView.COLUMNS + """
            , EXISTS (SELECT FROM last_prices l WHERE l.symbol = s.asset_symbol AND %s) AS market_resolves,
              s.posted_at > now() - INTERVAL '60 seconds' AS just_posted
            FROM %s WHERE s.id = $1
            """.formatted(FreshTick.FRESH, SignalView.TABLES);

    private static final String RESOLVE = """
            WITH resolved AS (
              UPDATE signals SET status = $2, outcome_price = $3 WHERE id = $1 AND status = 'active' RETURNING *
            )
            SELECT %s FROM resolved s %s
            """.formatted(SignalView.COLUMNS, SignalView.JOIN_CREATOR);

    /**
     * Decides the caller's own signal, once and for good, within the given transaction; the failures of {@link #explain} may
     * follow.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code already-resolved} (409), {@code market-resolves}
     *     (409)
     */
    Uni<Answer> resolve(Tx tx, Caller caller, UUID signal, Resolution resolution) {
        return tx.execute(TAKE_TURN, caller.id())
                .chain(() -> tx.execute(READ, signal))
                .invoke(rows -> {
                    Row row = Rows.first(rows, found -> found).orElseThrow(SignalState::unknown);
                    SignalState.of(row).requireActiveOf(caller);
                    requireCreatorsWord(row, resolution);
                })
                .chain(() -> tx.execute(RESOLVE, signal, resolution.status(), resolution.outcomePrice()))
                .chain(rows -> announce(tx, Rows.first(rows, row -> row).orElseThrow(SignalState::unknown)));
    }

    /** A constraint's refusal in the client's words; any other failure as it is. */
    static Throwable explain(Throwable failure) {
        if (SqlFailure.violates(failure, "signals_hit_reached_target")) {
            return NOT_REACHED.because("A hit needs an outcomePrice that has reached the targetPrice.");
        }
        if (SqlFailure.violates(failure, "signals_miss_reached_stop")) {
            return NOT_REACHED.because("A miss needs an outcomePrice that has reached the stopLoss.");
        }
        return failure;
    }

    private static void requireCreatorsWord(Row row, Resolution resolution) {
        if (!row.getBoolean("market_resolves")) {
            return;
        }
        if (!resolution.cancels()) {
            throw MARKET_RESOLVES.because("Prices of " + row.getString("asset_symbol")
                    + " are coming in, and one that crosses the target or the stop decides.");
        }
        if (!row.getBoolean("just_posted")) {
            throw MARKET_RESOLVES.because(
                    "Where prices are coming in, a signal can be cancelled in its first 60 seconds.");
        }
    }

    private static Uni<Answer> announce(Tx tx, Row row) {
        SignalState resolved = SignalState.of(row);
        return tx.publishVersion(resolved.version(), SignalEvents.resolved(row))
                .replaceWith(() -> new Answer(200, null, Etags.of(resolved.version()), resolved.signal()));
    }
}
