package io.tradosphere.signal.trade.imports;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Lists the caller's imports and takes them back. */
@ApplicationScoped
class PastImports {

    /** The number of trades that are deleted in one statement. */
    private static final int AT_ONCE = 1_000;

    private static final String OWN = "SELECT " + PastImport.COLUMNS
            + " FROM trade_imports WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

    private static final String FIND = "SELECT id FROM trade_imports WHERE id = $1 AND user_id = $2";

    /** Locked in the order of their ids, as every statement on many trades does. */
    private static final String LOCK_TRADES = """
            SELECT count(*) FILTER (WHERE updated_at <> created_at) AS changed
            FROM (SELECT created_at, updated_at FROM trades WHERE import_id = $1 AND user_id = $2 ORDER BY id FOR UPDATE) AS t
            """;

    private static final String DELETE_TRADES = """
            DELETE FROM trades WHERE id IN (SELECT id FROM trades WHERE import_id = $1 AND user_id = $2 ORDER BY id LIMIT $3)
            RETURNING id, user_id, incarnation, now() AS deleted_at
            """;
    private static final String DELETE = "DELETE FROM trade_imports WHERE id = $1 AND user_id = $2";

    private final SliceDatabase slice;

    PastImports(SliceDatabase slice) {
        this.slice = slice;
    }

    /** A page of the caller's imports, newest first. */
    Uni<Page<PastImport>> list(Caller caller, PageRequest page) {
        return slice.read(caller, OWN, caller.id(), Keyset.newestIdFirst(page), page.rows())
                .map(rows -> page.page(Rows.list(rows, PastImport::of), last -> Cursor.after(last.id())));
    }

    /**
     * Deletes the trades of an import, and the import.
     *
     * @throws Problem {@code not-found} (404), {@code conflict} (409) when one of its trades was changed
     */
    Uni<Void> takeBack(Caller caller, UUID source) {
        return slice.write(
                caller,
                tx -> tx.execute(Imports.LOCK_IMPORTS, caller.id().toString())
                        .chain(() -> tx.execute(FIND, source, caller.id()))
                        .invoke(PastImports::requireFound)
                        .chain(() -> tx.execute(LOCK_TRADES, source, caller.id()))
                        .invoke(rows -> requireUnchanged(rows.iterator().next().getLong("changed")))
                        .chain(() -> deleteTrades(tx, caller, source))
                        .chain(() -> tx.execute(DELETE, source, caller.id()))
                        .replaceWithVoid());
    }

    private static void requireFound(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw ProblemKind.NOT_FOUND.because("The caller has no import with this id.");
        }
    }

    private static Uni<Void> deleteTrades(Tx tx, Caller caller, UUID source) {
        return tx.execute(DELETE_TRADES, source, caller.id(), AT_ONCE)
                .map(rows -> Rows.list(
                        rows,
                        row -> new TradeDeleted(
                                row.getUUID("id"),
                                row.getUUID("user_id"),
                                row.getLong("incarnation"),
                                Rows.instant(row, "deleted_at"))))
                .chain((List<TradeDeleted> deleted) -> tx.publish(deleted)
                        .chain(() -> deleted.size() < AT_ONCE
                                ? Uni.createFrom().voidItem()
                                : deleteTrades(tx, caller, source)));
    }

    private static void requireUnchanged(long changed) {
        if (changed > 0) {
            throw ProblemKind.CONFLICT.because(
                    "Since the import " + changed + " of its trades were changed; delete the others one by one.");
        }
    }
}
