package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A stream as everybody sees it.
 *
 * @param id the id of the stream
 * @param creator who streams
 * @param title the title, of 1 to 200 characters
 * @param description what it is about, of 1 to 5000 characters; null when there is none
 * @param category what kind of stream it is
 * @param currentSymbol what is being looked at, upper case; null when there is none
 * @param status {@code live}, {@code ended} by its creator, or {@code error} when nobody fed it for two minutes
 * @param currentViewers how many watch now, without the creator; 0 once it is over
 * @param peakViewers how many watched at once at most
 * @param totalViewers how many people watched in all
 * @param startedAt when it began
 * @param endedAt when it ended; null while live
 * @param updatedAt when title, symbol or status last changed
 */
@Schema(name = "Stream")
record StreamView(
        UUID id,
        ProfileSummary creator,
        String title,
        @Nullable String description,
        @Schema(implementation = StreamCategory.class) String category,
        @Nullable String currentSymbol,
        @Schema(enumeration = {"live", "ended", "error"}) String status,
        @Schema(minimum = "0") long currentViewers,
        @Schema(minimum = "0") long peakViewers,
        @Schema(minimum = "0") long totalViewers,
        Instant startedAt,
        @Nullable Instant endedAt,
        Instant updatedAt) {

    static StreamView of(Row row) {
        return new StreamView(
                row.getUUID("id"),
                ProfileSummary.of(row),
                row.getString("title"),
                row.getString("description"),
                row.getString("category"),
                row.getString("current_symbol"),
                row.getString("status"),
                row.getLong("current_viewers"),
                row.getLong("peak_viewers"),
                row.getLong("total_viewers"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "ended_at"),
                Rows.instant(row, "updated_at"));
    }
}
