package io.tradosphere.signal.trade.imports;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An import that entered trades.
 *
 * @param id the id of the import
 * @param format the title of the file's format
 * @param accepted the number of trades that it entered
 * @param skipped the number of lines already in the journal, or without a trade
 * @param rejected the number of lines that were not valid trades
 * @param createdAt when it was made
 */
@Schema(name = "Import")
record PastImport(UUID id, String format, int accepted, int skipped, int rejected, Instant createdAt) {

    /** The columns of a view. */
    static final String COLUMNS = "id, format, accepted, skipped, rejected, created_at";

    /** A row of {@link #COLUMNS}. */
    static PastImport of(Row row) {
        return new PastImport(
                row.getUUID("id"),
                row.getString("format"),
                row.getInteger("accepted"),
                row.getInteger("skipped"),
                row.getInteger("rejected"),
                Rows.instant(row, "created_at"));
    }
}
