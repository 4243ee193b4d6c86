package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.contracts.streaming.StreamChanged;
import io.tradosphere.contracts.streaming.StreamEnd;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.contracts.streaming.StreamStarted;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A stream with what its public view leaves out.
 *
 * @param version source of the ETag and of the event's {@code ce_sequence}
 * @param creatorIncarnation incarnation of the creator's profile
 * @param channel the name of Agora's channel, which only a token gives away
 */
record StreamState(long version, long creatorIncarnation, String channel, StreamView stream) {

    /** The selected columns, of {@code streams s JOIN profiles p} on the creator. */
    static final String COLUMNS = """
            s.id, s.title, s.description, s.category, s.current_symbol, s.status, s.current_viewers, s.peak_viewers,
            s.total_viewers, s.started_at, s.ended_at, s.updated_at, s.version, s.agora_channel_id,
            p.incarnation AS creator_incarnation,
            """ + ProfileSummary.COLUMNS;

    static StreamState of(Row row) {
        return new StreamState(
                row.getLong("version"),
                row.getLong("creator_incarnation"),
                row.getString("agora_channel_id"),
                StreamView.of(row));
    }

    /** The problem of an id without a stream. */
    static Problem notFound() {
        return ProblemKind.NOT_FOUND.because("No stream has this id.");
    }

    String etag() {
        return Etags.of(version, stream);
    }

    UUID creator() {
        return stream.creator().profileId();
    }

    StreamStarted started() {
        return new StreamStarted(
                stream.id(),
                creator(),
                creatorIncarnation,
                EnumText.parse(StreamCategory.class, stream.category()),
                stream.currentSymbol(),
                stream.startedAt());
    }

    StreamChanged changed(boolean titleChanged) {
        return new StreamChanged(
                stream.id(), creator(), creatorIncarnation, titleChanged, stream.currentSymbol(), stream.updatedAt());
    }

    StreamEnded ended() {
        return new StreamEnded(
                stream.id(),
                creator(),
                creatorIncarnation,
                EnumText.parse(StreamEnd.class, stream.status()),
                stream.peakViewers(),
                stream.totalViewers(),
                stream.startedAt(),
                stream.endedAt());
    }
}
