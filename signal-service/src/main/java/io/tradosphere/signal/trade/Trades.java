package io.tradosphere.signal.trade;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Enters, reads, closes, corrects and deletes the caller's trades. */
@ApplicationScoped
class Trades {

    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of("uq_trades_broker", alreadyRecorded()));

    /** Filters by the caller: the policy of public journals would also show trades of others. */
    private static final String FIND =
            "SELECT " + TradeView.COLUMNS + " FROM trades t WHERE t.id = $1 AND t.user_id = $2";

    private static final String LOCK = "SELECT now() AS now, " + TradeView.COLUMNS
            + " FROM trades t WHERE t.id = $1 AND t.user_id = $2 FOR UPDATE";
    private static final String CHANGE = """
            WITH changed AS (
              UPDATE trades SET asset = $2, asset_type = $3, direction = $4, entry_price = $5::numeric,
                exit_price = $6::numeric, stop_loss = $7::numeric, take_profit = $8::numeric, size = $9::numeric,
                leverage = $10::numeric, fees = $11::numeric, notes = $12, tags = $13::text[], strategy = $14,
                broker_name = $15, broker_trade_id = $16, opened_at = $17::timestamptz, closed_at = $18::timestamptz,
                broker_pnl = CASE WHEN (direction, entry_price, exit_price, size)
                  IS NOT DISTINCT FROM ($4, $5::numeric, $6::numeric, $9::numeric) THEN broker_pnl END
              WHERE id = $1
              RETURNING *
            )
            SELECT %s FROM changed t
            """.formatted(TradeView.COLUMNS);
    private static final String DELETE = """
            DELETE FROM trades WHERE id = $1 AND user_id = $2 RETURNING id, user_id, incarnation, now() AS deleted_at
            """;

    private final SliceDatabase slice;
    private final MergePatch patches;

    Trades(SliceDatabase slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /** A trade and its version. */
    record Found(long version, TradeView trade) {

        static Found of(Row row) {
            return new Found(row.getLong("version"), TradeView.of(row));
        }
    }

    /**
     * Enters a trade as the caller, within the given transaction.
     *
     * @throws Problem {@code profile-required} (403), {@code invalid-request} (400), {@code trade-already-recorded} (409)
     */
    Uni<Answer> enter(Tx tx, Caller caller, TradeFields fields) {
        return Entries.now(tx, caller.id())
                .map(fields::completed)
                .chain(completed -> Entries.enter(
                        tx, caller.id(), List.of(new Entries.Entry(UuidCreator.getTimeOrderedEpoch(), completed))))
                .map(entered -> entered.stream()
                        .findFirst()
                        .map(Found::of)
                        .map(found -> Answer.created(
                                "/v1/trades/" + found.trade().id(), Etags.of(found.version()), found.trade()))
                        .orElseThrow(Trades::alreadyRecorded));
    }

    /**
     * Finds a trade of the caller's.
     *
     * @throws Problem {@code not-found} (404), also for a trade of another profile
     */
    Uni<Found> find(Caller caller, UUID trade) {
        return slice.read(caller, FIND, trade, caller.id())
                .map(rows -> Rows.first(rows, Found::of).orElseThrow(Trades::unknown));
    }

    /**
     * Applies a merge patch to a trade of the caller's. Setting the exit price closes it; removing the exit price
     * reopens it.
     *
     * @throws Problem {@code not-found} (404), {@code stale} (412), {@code invalid-request} (400),
     *     {@code trade-already-recorded} (409)
     */
    Uni<Found> change(Caller caller, UUID trade, String ifMatch, JsonNode patch) {
        return slice.write(
                        caller,
                        tx -> tx.execute(LOCK, trade, caller.id())
                                .map(rows -> Rows.first(rows, row -> row).orElseThrow(Trades::unknown))
                                .chain(row -> change(tx, row, ifMatch, patch)))
                .onFailure()
                .transform(CONSTRAINTS::explain);
    }

    /**
     * Deletes a trade of the caller's.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Void> delete(Caller caller, UUID trade, String ifMatch) {
        return slice.write(
                caller,
                tx -> tx.execute(LOCK, trade, caller.id())
                        .map(rows -> Rows.first(rows, Found::of).orElseThrow(Trades::unknown))
                        .invoke(before -> Etags.require(ifMatch, before.version()))
                        .chain(() -> tx.execute(DELETE, trade, caller.id()))
                        .map(rows -> Rows.first(rows, Trades::deleted).orElseThrow(Trades::unknown))
                        .chain(tx::publish));
    }

    private Uni<Found> change(Tx tx, Row row, String ifMatch, JsonNode patch) {
        Found found = Found.of(row);
        Etags.require(ifMatch, found.version());
        TradeFields before = found.trade().fields();
        TradeFields after = patched(before, patch, Rows.instant(row, "now"));
        return after.equals(before)
                ? Uni.createFrom().item(found)
                : tx.execute(CHANGE, arguments(found.trade().id(), after))
                        .map(rows -> rows.iterator().next())
                        .call(changed -> publish(tx, before, after, changed))
                        .map(Found::of);
    }

    private TradeFields patched(TradeFields before, JsonNode patch, Instant now) {
        TradeFields after = patches.apply(patch, before, TradeFields.class);
        if (after.openedAt() == null) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The patch removes a required field.", List.of(new Violation("openedAt", "is required")));
        }
        if (patch.has("closedAt") && after.closedAt() == null && after.exitPrice() != null) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The patch removes a required field.",
                    List.of(new Violation("closedAt", "is required with exitPrice")));
        }
        return after.reopenedFrom(before).completed(now);
    }

    private static Uni<Void> publish(Tx tx, TradeFields before, TradeFields after, Row changed) {
        if (after.hasSamePublishedFields(before)) {
            return Uni.createFrom().voidItem();
        }
        boolean closes = before.exitPrice() == null && after.exitPrice() != null;
        TradeEvent event = closes ? TradeEvents.closed(changed) : TradeEvents.corrected(changed);
        return tx.publishVersion(changed.getLong("version"), event);
    }

    private static Object[] arguments(UUID trade, TradeFields fields) {
        return new Object[] {
            trade,
            fields.asset(),
            fields.assetType(),
            fields.direction(),
            fields.entryPrice(),
            fields.exitPrice(),
            fields.stopLoss(),
            fields.takeProfit(),
            fields.size(),
            fields.leverage(),
            fields.fees(),
            fields.notes(),
            fields.tags().toArray(String[]::new),
            fields.strategy(),
            fields.brokerName(),
            fields.brokerTradeId(),
            Times.column(fields.openedAt()),
            Times.column(fields.closedAt())
        };
    }

    private static TradeDeleted deleted(Row row) {
        return new TradeDeleted(
                row.getUUID("id"), row.getUUID("user_id"), row.getLong("incarnation"), Rows.instant(row, "deleted_at"));
    }

    private static Problem alreadyRecorded() {
        return ProblemKind.TRADE_ALREADY_RECORDED.because(
                "A trade with this brokerName and brokerTradeId already exists.");
    }

    private static Problem unknown() {
        return ProblemKind.NOT_FOUND.because("The caller has no trade with this id.");
    }
}
