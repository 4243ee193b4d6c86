package io.tradosphere.signal.trade;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.people.Refusals;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Enters trades into a person's journal, one or very many at a time, and tells of them. */
public final class Entries {

    private static final String NOW = "SELECT now() AS now FROM profiles WHERE id = $1";

    /** In the order given, which so becomes that of their versions. A broker's trade that the journal has already is left out. */
    private static final String ENTER = """
            WITH entered AS (
              INSERT INTO trades (id, user_id, asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit,
                size, leverage, fees, notes, tags, strategy, broker_name, broker_trade_id, opened_at, closed_at)
              SELECT e.id, $1, e.asset, e.asset_type, e.direction, e.entry_price::numeric, e.exit_price::numeric,
                e.stop_loss::numeric, e.take_profit::numeric, e.size::numeric, e.leverage::numeric, e.fees::numeric, e.notes,
                string_to_array(e.tags, E'\\n'), e.strategy, e.broker_name, e.broker_trade_id,
                e.opened_at::timestamptz, e.closed_at::timestamptz
              FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                  $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
                  $18::text[], $19::text[])
                WITH ORDINALITY AS e(id, asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit, size,
                  leverage, fees, notes, tags, strategy, broker_name, broker_trade_id, opened_at, closed_at, position)
              ORDER BY e.position
              ON CONFLICT (user_id, lower(broker_name), broker_trade_id) WHERE broker_trade_id IS NOT NULL DO NOTHING
              RETURNING *
            )
            SELECT %s FROM entered t
            """.formatted(TradeView.COLUMNS);

    private Entries() {}

    /**
     * A trade to be entered.
     *
     * @param id what it will be known by
     * @param fields as {@link TradeFields#completed} has left them
     */
    public record Entry(UUID id, TradeFields fields) {}

    /**
     * The beginning of the transaction by the database's clock, to which the times of trades are held.
     *
     * @throws Problem {@code profile-required} (403)
     */
    public static Uni<Instant> now(Tx tx, UUID person) {
        return tx.execute(NOW, person)
                .map(rows -> Rows.first(rows, row -> Rows.instant(row, "now")).orElseThrow(Refusals::noProfile));
    }

    /**
     * Enters trades and tells of each, opened or closed.
     *
     * @return those that were entered; the others are in the journal already, by broker and the broker's trade id
     */
    static Uni<List<Row>> enter(Tx tx, UUID person, List<Entry> entries) {
        return tx.execute(ENTER, arguments(person, entries))
                .map(rows -> Rows.list(rows, row -> row))
                .call(rows -> tx.publishVersions(events(rows)));
    }

    /** The same for whoever only needs to know which. */
    public static Uni<List<UUID>> enterAll(Tx tx, UUID person, List<Entry> entries) {
        return enter(tx, person, entries)
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    private static SortedMap<Long, TradeEvent> events(List<Row> rows) {
        SortedMap<Long, TradeEvent> events = new TreeMap<>();
        rows.forEach(row -> events.put(row.getLong("version"), TradeEvents.entered(row)));
        return events;
    }

    private static Object[] arguments(UUID person, List<Entry> entries) {
        return new Object[] {
            person,
            entries.stream().map(Entry::id).toArray(UUID[]::new),
            column(entries, TradeFields::asset),
            column(entries, TradeFields::assetType),
            column(entries, TradeFields::direction),
            column(entries, fields -> Decimals.plain(fields.entryPrice())),
            column(entries, fields -> Decimals.plain(fields.exitPrice())),
            column(entries, fields -> Decimals.plain(fields.stopLoss())),
            column(entries, fields -> Decimals.plain(fields.takeProfit())),
            column(entries, fields -> Decimals.plain(fields.size())),
            column(entries, fields -> Decimals.plain(fields.leverage())),
            column(entries, fields -> Decimals.plain(fields.fees())),
            column(entries, TradeFields::notes),
            column(entries, fields -> String.join("\n", fields.tags())),
            column(entries, TradeFields::strategy),
            column(entries, TradeFields::brokerName),
            column(entries, TradeFields::brokerTradeId),
            column(entries, TradeFields::openedAt),
            column(entries, TradeFields::closedAt)
        };
    }

    private static String[] column(List<Entry> entries, Function<TradeFields, Object> value) {
        return entries.stream()
                .map(entry -> value.apply(entry.fields()))
                .map(field -> field == null ? null : field.toString())
                .toArray(String[]::new);
    }
}
