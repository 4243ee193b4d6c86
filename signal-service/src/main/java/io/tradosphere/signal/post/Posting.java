package io.tradosphere.signal.post;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.platform.people.Tiers;
import io.tradosphere.signal.market.FreshTick;
import io.tradosphere.signal.view.SignalEvents;
import io.tradosphere.signal.view.SignalState;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;

/** Posting signals. */
@ApplicationScoped
class Posting {

    static final ProblemKind ALREADY_CROSSED =
            new ProblemKind("already-crossed", 409, "The market has already crossed the target or the stop");

    private static final int TRIES = 3;

    /** The last price {@code l} of the symbol {@code $2}, if it is fresh and no position could be entered at it any more. */
    private static final String CROSSED = """
            last_prices l WHERE l.symbol = $2 AND %1$s AND CASE %2$s::text
              WHEN 'LONG' THEN l.price >= %3$s::numeric OR l.price <= %4$s::numeric
              ELSE l.price <= %3$s::numeric OR l.price >= %4$s::numeric END
            """;

    private static final String POST = """
            WITH crossed AS (
              SELECT FROM %s
            ), made AS (
              INSERT INTO signals (creator_id, asset_symbol, asset_type, direction, entry_price, target_price, stop_loss,
                position_size, rationale, timeframe, chart_image_url, ai_parsed, ai_confidence)
              SELECT id, $2, $3, $4, $5::numeric, $6::numeric, $7::numeric, $8::numeric, $9, $10, $11, $12::boolean, $13
              FROM profiles
              WHERE id = $1 AND tier IN ('grow', 'elite', 'gladiator', 'legend') AND NOT EXISTS (SELECT FROM crossed)
              RETURNING *
            )
            SELECT %s FROM made s %s
            """.formatted(
                    CROSSED.formatted(FreshTick.FRESH, "$4", "$6", "$7"), SignalView.COLUMNS, SignalView.JOIN_CREATOR);
    private static final String WHY_NOT = """
            SELECT tier, (SELECT l.price FROM %s) AS crossed_at FROM profiles WHERE id = $1
            """.formatted(CROSSED.formatted(FreshTick.FRESH, "$3", "$4", "$5"));

    /**
     * Posts a signal of the caller's within the given transaction.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code already-crossed} (409)
     */
    Uni<Answer> post(Tx tx, Caller caller, NewSignal call) {
        return tx.execute(FreshTick.AWAIT_TICKS, call.symbol()).chain(() -> post(tx, caller, call, TRIES));
    }

    private static Uni<Answer> post(Tx tx, Caller caller, NewSignal call, int tries) {
        return insert(tx, caller.id(), call)
                .chain(made -> Rows.first(made, row -> row)
                        .map(row -> announce(tx, row))
                        .orElseGet(() -> refuse(tx, caller, call, tries)));
    }

    private static Uni<RowSet<Row>> insert(Tx tx, UUID creator, NewSignal call) {
        return tx.execute(
                POST,
                creator,
                call.symbol(),
                call.assetType(),
                call.direction(),
                call.entryPrice(),
                call.targetPrice(),
                call.stopLoss(),
                call.positionSize(),
                call.rationale(),
                call.timeframe(),
                call.chartImageUrl(),
                Boolean.TRUE.equals(call.aiParsed()),
                call.aiConfidence());
    }

    private static Uni<Answer> announce(Tx tx, Row row) {
        SignalState made = SignalState.of(row);
        return tx.publishVersion(made.version(), SignalEvents.posted(row))
                .replaceWith(() -> Answer.created(
                        "/v1/signals/" + made.signal().id(),
                        Etags.of(made.version()),
                        ShownSignal.justPosted(made.signal())));
    }

    private static Uni<Answer> refuse(Tx tx, Caller caller, NewSignal call, int tries) {
        return tx.execute(WHY_NOT, caller.id(), call.symbol(), call.direction(), call.targetPrice(), call.stopLoss())
                .chain(rows -> {
                    Row row = Rows.first(rows, found -> found).orElseThrow(Refusals::noProfile);
                    if (Tiers.parse(row.getString("tier")).compareTo(Tier.GROW) < 0) {
                        throw Refusals.TIER_TOO_LOW.because("Signals are posted from tier grow on.");
                    }
                    BigDecimal crossedAt = row.getBigDecimal("crossed_at");
                    if (crossedAt == null) {
                        return decideAgain(tx, caller, call, tries - 1);
                    }
                    throw ALREADY_CROSSED.because(call.symbol() + " trades at " + Decimals.plain(crossedAt)
                            + "; call a target and a stop on either side of it.");
                });
    }

    /** What stood against it is gone since: the copy of the caller's profile has just caught up, or the price has grown old. */
    private static Uni<Answer> decideAgain(Tx tx, Caller caller, NewSignal call, int tries) {
        if (tries == 0) {
            throw Problems.BUSY.because("Nothing was posted; try again shortly.");
        }
        return post(tx, caller, call, tries);
    }
}
