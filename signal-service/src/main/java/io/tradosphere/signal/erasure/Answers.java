package io.tradosphere.signal.erasure;

import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What a person has answered to the signals of others, whose counts fall by it. */
final class Answers {

    private static final int AT_ONCE = 1_000;

    private static final String REACTIONS = """
            DELETE FROM signal_engagement e USING signals s
            WHERE s.id = e.signal_id AND (e.signal_id, e.user_id) IN (
              SELECT signal_id, user_id FROM signal_engagement
              WHERE user_id = $1 AND created_at < %s ORDER BY signal_id LIMIT $3 FOR UPDATE)
            RETURNING e.signal_id, s.creator_id, s.incarnation AS creator_incarnation, e.reaction_type, now() AS removed_at
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String COMMENTS = """
            DELETE FROM signal_comments c USING signals s
            WHERE s.id = c.signal_id AND c.id IN (
              SELECT id FROM signal_comments WHERE author_id = $1 AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE)
            RETURNING c.signal_id, s.creator_id, s.incarnation AS creator_incarnation, c.id, now() AS removed_at
            """.formatted(ForgettingInParts.END_OF_LIFE);

    static final List<Part> PARTS = List.of(
            Part.told(REACTIONS, AT_ONCE, Answers::reactionRemoved),
            Part.told(COMMENTS, AT_ONCE, Answers::commentRemoved));

    private Answers() {}

    private static ReactionRemoved reactionRemoved(Row row, UUID person, long incarnation) {
        return new ReactionRemoved(
                row.getUUID("signal_id"),
                row.getUUID("creator_id"),
                row.getLong("creator_incarnation"),
                person,
                incarnation,
                Reaction.valueOf(row.getString("reaction_type").toUpperCase(Locale.ROOT)),
                Rows.instant(row, "removed_at"));
    }

    private static CommentRemoved commentRemoved(Row row, UUID person, long incarnation) {
        return new CommentRemoved(
                row.getUUID("signal_id"),
                row.getUUID("creator_id"),
                row.getLong("creator_incarnation"),
                row.getUUID("id"),
                person,
                incarnation,
                Rows.instant(row, "removed_at"));
    }
}
