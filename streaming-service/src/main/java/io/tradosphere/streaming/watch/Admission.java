package io.tradosphere.streaming.watch;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Decides who may watch a live stream: everybody with a profile, unless a block is between them and its creator. */
@ApplicationScoped
public class Admission {

    private static final String FIND = """
            SELECT s.creator_id, s.agora_channel_id, s.status, EXISTS (SELECT FROM profiles WHERE id = $2) AS known,
              watching_refusal(s.creator_id) AS refusal
            FROM streams s WHERE s.id = $1
            """;

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    Admission(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /**
     * Admits the caller.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code blocked} (403), {@code stream-ended}
     *     (409), {@code profiles-away} (503)
     */
    public Uni<Watching> admit(Caller caller, UUID stream) {
        return freshness.ensure(
                () -> slice.read(caller, FIND, stream, caller.id())
                        .map(rows -> Rows.first(rows, row -> admit(row, caller))
                                .orElseThrow(() -> ProblemKind.NOT_FOUND.because("No stream has this id."))),
                caller.id());
    }

    private static Watching admit(Row stream, Caller caller) {
        UUID creator = stream.getUUID("creator_id");
        if (!stream.getBoolean("known")) {
            throw Refusals.noProfile();
        }
        String refusal = stream.getString("refusal");
        if (refusal != null) {
            throw Refusal.valueOf(refusal).problem(creator);
        }
        if (!stream.getString("status").equals("live")) {
            throw ProblemKind.STREAM_ENDED.because("There is nothing to watch any more.");
        }
        return new Watching(stream.getString("agora_channel_id"), creator.equals(caller.id()));
    }

    /** Why nobody watches, as {@code watching_refusal} says it. */
    private enum Refusal {
        BLOCKED,
        BLOCKING;

        Problem problem(UUID creator) {
            return switch (this) {
                case BLOCKED -> ProblemKind.BLOCKED.because("The stream's creator has blocked you.");
                case BLOCKING ->
                    ProblemKind.BLOCKED.because(
                            "You blocked the stream's creator; unblock them first, with DELETE /v1/follows/blocks/"
                                    + creator + ".");
            };
        }
    }
}
