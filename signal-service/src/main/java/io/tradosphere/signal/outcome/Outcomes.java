package io.tradosphere.signal.outcome;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.SignalEvents;
import io.tradosphere.signal.view.SignalState;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Resolves signals by their creator's decision. */
@ApplicationScoped
class Outcomes {

    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "signals_hit_reached_target",
                    ProblemKind.OUTCOME_NOT_REACHED.because(
                            "A hit needs an outcomePrice that has reached the targetPrice."),
            "signals_miss_reached_stop",
                    ProblemKind.OUTCOME_NOT_REACHED.because(
                            "A miss needs an outcomePrice that has reached the stopLoss."),
            "signals_market_resolves",
                    ProblemKind.MARKET_RESOLVES.because(
                            "A price has arrived in the meantime; the market resolves the signal.")));

    /** Taken first, so that later reads see the latest state of all signals of the caller. */
    private static final String LOCK_CREATOR = "SELECT FROM lock_creators(ARRAY[$1::uuid])";

    private static final String READ = "SELECT " + SignalView.COLUMNS + """
            , market_resolves(s) AS market_resolves,
              s.posted_at > clock_timestamp() - INTERVAL '60 seconds' AS just_posted
            FROM %s WHERE s.id = $1
            """.formatted(SignalView.TABLES);

    private static final String RESOLVE = """
            WITH resolved AS (
              UPDATE signals SET status = $2, outcome_price = $3 WHERE id = $1 AND status = 'active' RETURNING *
            )
            SELECT %s FROM resolved s %s
            """.formatted(SignalView.COLUMNS, SignalView.JOIN_CREATOR);

    /**
     * Resolves the caller's own signal within the given transaction, which is final. Explain its
     * failures with {@link #CONSTRAINTS}.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code already-resolved} (409), {@code market-resolves}
     *     (409)
     */
    Uni<Answer> resolve(Tx tx, Caller caller, UUID signal, Resolution resolution) {
        return tx.execute(LOCK_CREATOR, caller.id())
                .chain(() -> tx.execute(READ, signal))
                .invoke(rows -> {
                    Row row = Rows.first(rows, found -> found).orElseThrow(SignalState::unknown);
                    SignalState.of(row).requireActiveOf(caller);
                    requireCreatorResolves(row, resolution);
                })
                .chain(() -> tx.execute(RESOLVE, signal, resolution.status(), resolution.outcomePrice()))
                .chain(rows -> publish(tx, Rows.first(rows, row -> row).orElseThrow(SignalState::unknown)));
    }

    private static void requireCreatorResolves(Row row, Resolution resolution) {
        if (!row.getBoolean("market_resolves")) {
            return;
        }
        if (!resolution.cancels()) {
            throw ProblemKind.MARKET_RESOLVES.because("Prices of " + row.getString("asset_symbol")
                    + " are being received; the first that crosses the target or the stop loss resolves the signal.");
        }
        if (!row.getBoolean("just_posted")) {
            throw ProblemKind.MARKET_RESOLVES.because(
                    "While prices are being received, a signal can be cancelled only in its first 60 seconds.");
        }
    }

    private static Uni<Answer> publish(Tx tx, Row row) {
        SignalState resolved = SignalState.of(row);
        List<SignalEvent> events = SignalEvents.madePublic(row);
        // Two events cannot both carry the version.
        return (events.size() == 1 ? tx.publishVersion(resolved.version(), events.get(0)) : tx.publish(events))
                .replaceWith(() ->
                        new Answer(200, null, Etags.of(resolved.version(), resolved.signal()), resolved.signal()));
    }
}
