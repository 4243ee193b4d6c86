package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.SignalState;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people say to signals. */
@ApplicationScoped
class Comments {

    private static final String ADD = """
            WITH made AS (
              INSERT INTO signal_comments (signal_id, author_id, content)
              SELECT s.id, p.id, $3 FROM
            """ + Answering.permitted("$1", "$2") + """
              RETURNING id, signal_id, author_id, content, created_at
            )
            SELECT s.creator_id, s.incarnation AS creator_incarnation, p.incarnation AS author_incarnation,
            """ + CommentView.COLUMNS + """
            FROM made c JOIN signals s ON s.id = c.signal_id JOIN profiles p ON p.id = c.author_id
            """;

    private static final String WHY_NOT = "SELECT CASE " + Answering.refusals("$1", "$2") + " END AS refusal";

    private static final String FIND = "SELECT " + CommentView.COLUMNS
            + "FROM signal_comments c JOIN profiles p ON p.id = c.author_id WHERE c.signal_id = $1 AND c.id = $2";

    /** Bounds that are always there keep the range scan whatever plan is cached: page 5,000 costs what page 1 costs. */
    private static final String LIST = "SELECT " + CommentView.COLUMNS + """
            FROM signal_comments c JOIN profiles p ON p.id = c.author_id
            WHERE c.signal_id = $1
              AND (c.created_at, c.id)
                < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY c.created_at DESC, c.id DESC LIMIT $4
            """;

    private static final String SIGNAL_KNOWN = "SELECT FROM signals WHERE id = $1";

    private static final String REMOVE = """
            WITH gone AS (
              DELETE FROM signal_comments c USING signals s, profiles p
              WHERE c.id = $2 AND c.signal_id = $1 AND s.id = c.signal_id AND p.id = c.author_id
                AND $3 IN (c.author_id, s.creator_id)
              RETURNING c.signal_id, s.creator_id, s.incarnation AS creator_incarnation, c.id, c.author_id,
                p.incarnation AS author_incarnation, $4::text AS cause
            ), announced AS (
            """
            + Announcing.of(
                    EventType.SIGNAL_COMMENT_REMOVED,
                    "t.id::text",
                    "'commentId', t.id, 'authorId', t.author_id, 'authorIncarnation', t.author_incarnation, 'removedAt', "
                            + Announcing.instant("now()"),
                    "gone")
            + """
            )
            SELECT CASE WHEN EXISTS (SELECT FROM gone) THEN 'REMOVED'
              WHEN EXISTS (SELECT FROM signal_comments c JOIN signals s ON s.id = c.signal_id
                           WHERE c.id = $2 AND c.signal_id = $1 AND $3 NOT IN (c.author_id, s.creator_id)) THEN 'FORBIDDEN'
              ELSE 'UNKNOWN'
            END AS outcome
            """;

    private final Slice slice;

    Comments(Slice slice) {
        this.slice = slice;
    }

    /**
     * Comments on a signal as the caller, within the given transaction; the failures of {@link Answering#explain} may follow.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code blocked} (403)
     */
    Uni<Answer> add(Tx tx, Caller caller, UUID signal, NewComment comment) {
        return tx.execute(ADD, signal, caller.id(), comment.content())
                .chain(made -> Rows.first(made, row -> announce(tx, row)).orElseGet(() -> refuse(tx, caller, signal)));
    }

    /**
     * One comment on a signal.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<CommentView> find(UUID signal, UUID comment) {
        return slice.publicRead(FIND, signal, comment)
                .map(rows -> Rows.first(rows, CommentView::of).orElseThrow(Comments::unknown));
    }

    /**
     * The comments on a signal, newest first.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Page<CommentView>> list(UUID signal, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        LIST,
                        signal,
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows -> Rows.list(rows, CommentView::of))
                .call(found -> requireSignalWhenEmpty(signal, found))
                .map(found -> page.page(found, last -> Cursor.after(last.createdAt(), last.id())));
    }

    /**
     * Removes a comment, for its author or whose signal it is on.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    Uni<Void> remove(Caller caller, UUID signal, UUID comment) {
        return slice.command(caller, REMOVE, signal, comment, caller.id(), caller.traceparent())
                .map(rows -> rows.iterator().next().getString("outcome"))
                .invoke(outcome -> {
                    if ("FORBIDDEN".equals(outcome)) {
                        throw Problems.FORBIDDEN.because("Only its author and who posted the signal may do this.");
                    }
                    if ("UNKNOWN".equals(outcome)) {
                        throw unknown();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Answer> announce(Tx tx, Row row) {
        CommentView comment = CommentView.of(row);
        return tx.publish(new SignalCommented(
                        comment.signalId(),
                        row.getUUID("creator_id"),
                        row.getLong("creator_incarnation"),
                        comment.id(),
                        comment.author().profileId(),
                        row.getLong("author_incarnation"),
                        comment.createdAt()))
                .replaceWith(() -> Answer.created(
                        "/v1/signals/" + comment.signalId() + "/comments/" + comment.id(), null, comment));
    }

    private static Uni<Answer> refuse(Tx tx, Caller caller, UUID signal) {
        return tx.execute(WHY_NOT, signal, caller.id()).map(rows -> {
            String refusal = rows.iterator().next().getString("refusal");
            // Null when it is allowed by now: something changed between the two statements.
            throw refusal == null
                    ? Problems.BUSY.because("Nothing was changed; try again shortly.")
                    : Answering.Refusal.valueOf(refusal).problem();
        });
    }

    /** Whatever has comments exists; only an empty list leaves the question. */
    private Uni<Void> requireSignalWhenEmpty(UUID signal, List<CommentView> found) {
        return found.isEmpty()
                ? slice.publicRead(SIGNAL_KNOWN, signal)
                        .invoke(rows -> {
                            if (rows.size() == 0) {
                                throw SignalState.unknown();
                            }
                        })
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static Problem unknown() {
        return Problems.NOT_FOUND.because("The signal has no comment of this id.");
    }
}
