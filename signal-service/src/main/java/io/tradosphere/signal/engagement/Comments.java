package io.tradosphere.signal.engagement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.Audiences;
import io.tradosphere.signal.view.SignalState;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Adds, reads and removes comments on signals. */
@ApplicationScoped
class Comments {

    private static final String ADD =
            """
            WITH inserted AS (
              INSERT INTO signal_comments (signal_id, author_id, content)
              SELECT s.id, p.id, $3 FROM
            """ + EngagementPermission.permitted("$1", "$2") + """
              RETURNING id, signal_id, author_id, content, created_at
            )
            SELECT s.creator_id, s.incarnation AS creator_incarnation, s.is_public, p.incarnation AS author_incarnation,
            """ + CommentView.COLUMNS + """
            FROM inserted c JOIN signals s ON s.id = c.signal_id JOIN profiles p ON p.id = c.author_id
            """;

    private static final String REFUSAL_REASON =
            "SELECT CASE " + EngagementPermission.refusals("$1", "$2") + " END AS refusal";

    private static final String FIND = "SELECT " + CommentView.COLUMNS
            + "FROM signal_comments c JOIN profiles p ON p.id = c.author_id WHERE c.signal_id = $1 AND c.id = $2";

    private static final String LIST = "SELECT " + CommentView.COLUMNS + """
            FROM signal_comments c JOIN profiles p ON p.id = c.author_id
            WHERE c.signal_id = $1
              AND (c.created_at, c.id) < ($2, $3)
            ORDER BY c.created_at DESC, c.id DESC LIMIT $4
            """;

    private static final String IS_PUBLIC = "SELECT is_public FROM signals WHERE id = $1";

    private static final String REMOVE = """
            WITH removed AS (
              DELETE FROM signal_comments c USING signals s, profiles p
              WHERE c.id = $2 AND c.signal_id = $1 AND s.id = c.signal_id AND p.id = c.author_id
                AND $3 IN (c.author_id, s.creator_id)
              RETURNING c.signal_id, s.creator_id, s.incarnation AS creator_incarnation, s.is_public, c.id, c.author_id,
                p.incarnation AS author_incarnation, $4::text AS cause
            ), published AS (
            """
            + EngagementOutbox.of(
                    EventType.SIGNAL_COMMENT_REMOVED,
                    "t.id::text",
                    "'commentId', t.id, 'authorId', t.author_id, 'authorIncarnation', t.author_incarnation, 'removedAt', "
                            + EngagementOutbox.instant("now()"),
                    "removed")
            + """
            )
            SELECT CASE WHEN EXISTS (SELECT FROM removed) THEN 'REMOVED'
              WHEN EXISTS (SELECT FROM signal_comments c JOIN signals s ON s.id = c.signal_id
                           WHERE c.id = $2 AND c.signal_id = $1 AND $3 NOT IN (c.author_id, s.creator_id)) THEN 'FORBIDDEN'
              ELSE 'UNKNOWN'
            END AS outcome
            """;

    private final SliceDatabase slice;

    Comments(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Adds a comment as the caller, within the given transaction. Explain its failures with
     * {@link EngagementPermission#CONSTRAINTS}.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code blocked} (403)
     */
    Uni<Answer> add(Tx tx, Caller caller, UUID signal, NewComment comment) {
        return tx.execute(ADD, signal, caller.id(), comment.content())
                .chain(inserted ->
                        Rows.first(inserted, row -> publish(tx, row)).orElseGet(() -> refuse(tx, caller, signal)));
    }

    /**
     * Finds a comment on a signal.
     *
     * @param caller who asks; a signal for subscribers exists for those alone who may read it
     * @throws Problem {@code not-found} (404)
     */
    Uni<CommentView> find(Optional<Caller> caller, UUID signal, UUID comment) {
        return Audiences.read(slice, caller, FIND, signal, comment)
                .map(rows -> Rows.first(rows, CommentView::of).orElseThrow(Comments::unknown));
    }

    /**
     * A page of the comments on a signal, newest first.
     *
     * @param caller who asks; a signal for subscribers exists for those alone who may read it
     * @throws Problem {@code not-found} (404)
     */
    Uni<Page<CommentView>> list(Optional<Caller> caller, UUID signal, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(LIST, signal, from.key(), from.id(), page.rows())
                .chain(rows -> rows.size() > 0
                        ? Uni.createFrom().item(rows)
                        : readable(caller, signal)
                                .chain(reader -> reader.isEmpty()
                                        ? Uni.createFrom().item(rows)
                                        : slice.read(reader.get(), LIST, signal, from.key(), from.id(), page.rows())))
                .map(rows -> Rows.list(rows, CommentView::of))
                .map(found -> page.page(found, last -> Cursor.after(last.createdAt(), last.id())));
    }

    /**
     * Removes a comment; for its author and the signal's creator.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403)
     */
    Uni<Void> remove(Caller caller, UUID signal, UUID comment) {
        return slice.command(caller, REMOVE, signal, comment, caller.id(), caller.traceparent())
                .map(rows -> rows.iterator().next().getString("outcome"))
                .invoke(outcome -> {
                    if ("FORBIDDEN".equals(outcome)) {
                        throw ProblemKind.FORBIDDEN.because(
                                "Only the comment's author and the signal's creator may do this.");
                    }
                    if ("UNKNOWN".equals(outcome)) {
                        throw unknown();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Answer> publish(Tx tx, Row row) {
        CommentView comment = CommentView.of(row);
        SignalCommented commented = new SignalCommented(
                comment.signalId(),
                row.getUUID("creator_id"),
                row.getLong("creator_incarnation"),
                comment.id(),
                comment.author().profileId(),
                row.getLong("author_incarnation"),
                comment.createdAt());
        return tx.publish(Audiences.announced(row, commented))
                .replaceWith(() -> Answer.created(
                        "/v1/signals/" + comment.signalId() + "/comments/" + comment.id(), null, comment));
    }

    private static Uni<Answer> refuse(Tx tx, Caller caller, UUID signal) {
        return tx.execute(REFUSAL_REASON, signal, caller.id()).map(rows -> {
            String refusal = rows.iterator().next().getString("refusal");
            // Null when it is allowed by now: the state changed between the two statements.
            throw refusal == null
                    ? ProblemKind.BUSY.because("Nothing was changed; try again shortly.")
                    : EngagementPermission.Refusal.valueOf(refusal).problem();
        });
    }

    /**
     * As whom a signal without public comments is read: as nobody if it is public, else as the caller.
     *
     * @throws Problem {@code not-found} (404)
     */
    private Uni<Optional<Caller>> readable(Optional<Caller> caller, UUID signal) {
        return Audiences.read(slice, caller, IS_PUBLIC, signal)
                .map(rows ->
                        Rows.first(rows, row -> row.getBoolean("is_public")).orElseThrow(SignalState::unknown))
                .map(isPublic -> isPublic ? Optional.empty() : caller);
    }

    private static Problem unknown() {
        return ProblemKind.NOT_FOUND.because("The signal has no comment of this id.");
    }
}
