package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.tradosphere.streaming.agora.ChannelToken;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A stream that has just begun, as its creator alone sees it.
 *
 * @param id the id of the stream
 * @param creator who streams
 * @param title the title
 * @param description what it is about; null when there is none
 * @param category what kind of stream it is
 * @param currentSymbol what is being looked at, upper case; null when there is none
 * @param status {@code live}
 * @param currentViewers how many watch now
 * @param peakViewers how many watched at once at most
 * @param totalViewers how many people watched in all
 * @param startedAt when it began
 * @param endedAt null
 * @param updatedAt when it began
 * @param channel what the creator joins the channel with. It is never stored: a repeated request gets a new token
 */
@Schema(name = "StartedStream")
record StartedStream(
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
        Instant updatedAt,
        ChannelToken channel) {

    static StartedStream of(StreamView stream, ChannelToken channel) {
        return new StartedStream(
                stream.id(),
                stream.creator(),
                stream.title(),
                stream.description(),
                stream.category(),
                stream.currentSymbol(),
                stream.status(),
                stream.currentViewers(),
                stream.peakViewers(),
                stream.totalViewers(),
                stream.startedAt(),
                stream.endedAt(),
                stream.updatedAt(),
                channel);
    }
}
