package io.tradosphere.signal.post;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.tradosphere.signal.market.FreshTick;
import io.tradosphere.signal.view.Audiences;
import io.tradosphere.signal.view.SignalEvents;
import io.tradosphere.signal.view.SignalState;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Posts signals. */
@ApplicationScoped
class Posting {

    private static final int TRIES = 3;

    /** The last price {@code l} of the symbol {@code $2}, if it is fresh and has crossed the target or the stop. */
    private static final String CROSSED = """
            last_prices l WHERE l.symbol = $2 AND %1$s AND (
              price_gain(%2$s::text, %3$s::numeric, l.price) >= 0 OR price_gain(%2$s::text, %4$s::numeric, l.price) <= 0)
            """;

    /** Serialises the posts of one creator until the commit, so that each counts those before it. */
    private static final String LOCK_POSTS = "SELECT auth.lock('active-signals:' || $1::uuid)";

    /** Whether the creator {@code $1} has the allowed number of active signals; reads no more rows than that. */
    private static final String AT_LIMIT = """
            (SELECT count(*) FROM (SELECT FROM signals WHERE creator_id = $1 AND status = 'active' LIMIT %1$s) AS a) >= %1$s
            """;

    private static final String POST = """
            WITH crossed AS (
              SELECT FROM %s
            ), inserted AS (
              INSERT INTO signals (creator_id, asset_symbol, asset_type, direction, entry_price, target_price, stop_loss,
                position_size, rationale, timeframe, chart_image_url, ai_parsed, ai_confidence, audience)
              SELECT id, $2, $3, $4, $5::numeric, $6::numeric, $7::numeric, $8::numeric, $9, $10, $11, $12::boolean, $13, $15
              FROM profiles
              WHERE id = $1 AND auth.tier_is_at_least(tier, 'grow') AND NOT EXISTS (SELECT FROM crossed)
                AND NOT %s
              RETURNING *
            )
            SELECT %s FROM inserted s %s
            """.formatted(
                    CROSSED.formatted(FreshTick.FRESH, "$4", "$6", "$7"),
                    AT_LIMIT.formatted("$14::bigint"),
                    SignalView.COLUMNS,
                    SignalView.JOIN_CREATOR);

    private static final String REFUSAL_REASON =
            """
            SELECT tier, (SELECT l.price FROM %s) AS crossed_at, %s AS at_limit FROM profiles WHERE id = $1
            """.formatted(CROSSED.formatted(FreshTick.FRESH, "$3", "$4", "$5"), AT_LIMIT.formatted("$6::bigint"));

    private final long maxActiveSignals;

    /** @param maxActiveSignals how many active signals a creator may have */
    Posting(@ConfigProperty(name = "tradosphere.signal.max-active-signals") long maxActiveSignals) {
        this.maxActiveSignals = maxActiveSignals;
    }

    /**
     * Posts a signal as the caller, within the given transaction.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code already-crossed} (409), {@code
     *     limit-reached} (409)
     */
    Uni<Answer> post(Tx tx, Caller caller, NewSignal signal) {
        return tx.execute(FreshTick.AWAIT_TICKS, signal.symbol())
                .chain(() -> tx.execute(LOCK_POSTS, caller.id()))
                .chain(() -> post(tx, caller, signal, TRIES));
    }

    private Uni<Answer> post(Tx tx, Caller caller, NewSignal signal, int tries) {
        return insert(tx, caller.id(), signal)
                .chain(inserted -> Rows.first(inserted, row -> row)
                        .map(row -> publish(tx, row))
                        .orElseGet(() -> refuse(tx, caller, signal, tries)));
    }

    private Uni<RowSet<Row>> insert(Tx tx, UUID creator, NewSignal signal) {
        return tx.execute(
                POST,
                creator,
                signal.symbol(),
                signal.assetType(),
                signal.direction(),
                signal.entryPrice(),
                signal.targetPrice(),
                signal.stopLoss(),
                signal.positionSize(),
                signal.rationale(),
                signal.timeframe(),
                signal.chartImageUrl(),
                Boolean.TRUE.equals(signal.aiParsed()),
                signal.aiConfidence(),
                maxActiveSignals,
                signal.storedAudience());
    }

    private static Uni<Answer> publish(Tx tx, Row row) {
        SignalState inserted = SignalState.of(row);
        return tx.publishVersion(inserted.version(), Audiences.announced(row, SignalEvents.posted(row)))
                .replaceWith(() -> Answer.created(
                        "/v1/signals/" + inserted.signal().id(),
                        Etags.of(inserted.version(), ShownSignal.justPosted(inserted.signal())),
                        ShownSignal.justPosted(inserted.signal())));
    }

    private Uni<Answer> refuse(Tx tx, Caller caller, NewSignal signal, int tries) {
        return tx.execute(
                        REFUSAL_REASON,
                        caller.id(),
                        signal.symbol(),
                        signal.direction(),
                        signal.targetPrice(),
                        signal.stopLoss(),
                        maxActiveSignals)
                .chain(rows -> {
                    Row row = Rows.first(rows, found -> found).orElseThrow(Refusals::noProfile);
                    if (EnumText.parse(Tier.class, row.getString("tier")).compareTo(Tier.GROW) < 0) {
                        throw ProblemKind.TIER_TOO_LOW.because("Posting signals requires tier grow or above.");
                    }
                    if (row.getBoolean("at_limit")) {
                        throw ProblemKind.LIMIT_REACHED.because("A creator has at most " + maxActiveSignals
                                + " active signals; another can be posted once one of them is resolved.");
                    }
                    BigDecimal crossedAt = row.getBigDecimal("crossed_at");
                    if (crossedAt == null) {
                        return retry(tx, caller, signal, tries - 1);
                    }
                    throw ProblemKind.ALREADY_CROSSED.because(
                            signal.symbol() + " trades at " + Decimals.plain(crossedAt)
                                    + "; the target and the stop loss must be on either side of it.");
                });
    }

    /** Posts again: the profile replica has just caught up, or the price is no longer fresh. */
    private Uni<Answer> retry(Tx tx, Caller caller, NewSignal signal, int tries) {
        if (tries == 0) {
            throw ProblemKind.BUSY.because("Nothing was posted; try again shortly.");
        }
        return post(tx, caller, signal, tries);
    }
}
