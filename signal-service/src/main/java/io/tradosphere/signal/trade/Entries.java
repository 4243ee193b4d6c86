package io.tradosphere.signal.trade;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Enters one or many trades into a person's journal, and publishes their events. */
public final class Entries {

    private static final SqlFile SQL = SqlFile.of(Entries.class);

    private static final String NOW = "SELECT now() AS now FROM profiles WHERE id = $1";

    /**
     * Inserts in the given order, which becomes the order of the versions. A broker's trade that already exists is left
     * out.
     */
    private static final String ENTER = SQL.get("enter", Map.of("columns", TradeView.COLUMNS));

    private Entries() {}

    /**
     * A trade to be entered.
     *
     * @param id its future id
     * @param fields completed by {@link TradeFields#completed}
     * @param brokerPnl profit or loss before fees as the broker states it; null when the fields give it exactly
     */
    public record Entry(UUID id, TradeFields fields, BigDecimal brokerPnl) {

        /** A trade whose profit or loss is computed. */
        Entry(UUID id, TradeFields fields) {
            this(id, fields, null);
        }
    }

    /**
     * The start of the transaction by the database's clock, against which times of trades are checked.
     *
     * @throws Problem {@code profile-required} (403)
     */
    public static Uni<Instant> now(Tx tx, UUID person) {
        return tx.execute(NOW, person)
                .map(rows -> Rows.first(rows, row -> Rows.instant(row, "now")).orElseThrow(Refusals::noProfile));
    }

    /**
     * Enters trades and publishes an event for each, opened or closed.
     *
     * @return the entered trades; the others already exist, by broker and broker trade id
     */
    static Uni<List<Row>> enter(Tx tx, UUID person, List<Entry> entries) {
        return enter(tx, person, entries, null);
    }

    private static Uni<List<Row>> enter(Tx tx, UUID person, List<Entry> entries, UUID source) {
        return tx.execute(ENTER, arguments(person, entries, source))
                .map(rows -> Rows.list(rows, row -> row))
                .call(rows -> tx.publishVersions(events(rows)));
    }

    /**
     * Enters trades as {@link #enter} does.
     *
     * @param source the id of their import, whose row is written in the same transaction
     * @return the ids of the entered ones
     */
    public static Uni<List<UUID>> enterAll(Tx tx, UUID person, List<Entry> entries, UUID source) {
        return enter(tx, person, entries, source)
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    private static SortedMap<Long, TradeEvent> events(List<Row> rows) {
        SortedMap<Long, TradeEvent> events = new TreeMap<>();
        rows.forEach(row -> events.put(row.getLong("version"), TradeEvents.entered(row)));
        return events;
    }

    private static Object[] arguments(UUID person, List<Entry> entries, UUID source) {
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
            column(entries, TradeFields::closedAt),
            entries.stream().map(entry -> Decimals.plain(entry.brokerPnl())).toArray(String[]::new),
            source
        };
    }

    private static String[] column(List<Entry> entries, Function<TradeFields, Object> value) {
        return entries.stream()
                .map(entry -> value.apply(entry.fields()))
                .map(field -> field == null ? null : field.toString())
                .toArray(String[]::new);
    }
}
