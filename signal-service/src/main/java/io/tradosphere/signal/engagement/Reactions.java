package io.tradosphere.signal.engagement;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.platform.db.Grouped;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.SecondOpinion;
import io.tradosphere.signal.view.SignalState;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Who reacts to which signal how: the writes, each one statement with its event; reactions that come at the same time share it. */
@ApplicationScoped
class Reactions {

    private static final int TRIES = 5;

    /**
     * Reactions of many people at once, or of one; of somebody who gives the same signal two, the later one. A reaction of an
     * earlier life is renewed, so that the erasure of that life does not take it along. What stands in the way is only looked up
     * where nothing changed.
     */
    private static final String REACT = """
            WITH asked AS MATERIALIZED (
              SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) WITH ORDINALITY
                AS a (signal_id, user_id, reaction_type, cause, position)
            ), wanted AS MATERIALIZED (
              SELECT DISTINCT ON (signal_id, user_id) signal_id, user_id, reaction_type, cause FROM asked
              ORDER BY signal_id, user_id, position DESC
            ), changed AS (
              INSERT INTO signal_engagement AS known (signal_id, user_id, reaction_type)
              SELECT s.id, p.id, w.reaction_type FROM wanted w,
            """ + Answering.permitted("w.signal_id", "w.user_id") + """
              ORDER BY s.id, p.id
              ON CONFLICT (signal_id, user_id) DO UPDATE SET reaction_type = EXCLUDED.reaction_type
              WHERE known.reaction_type <> EXCLUDED.reaction_type
                OR known.created_at < (SELECT to_timestamp(incarnation / 1e6) FROM profiles WHERE id = known.user_id)
              RETURNING new.signal_id, new.user_id, new.reaction_type, old.reaction_type AS previous
            ), told AS (
              SELECT c.*, s.creator_id, s.incarnation AS creator_incarnation, p.incarnation, w.cause
              FROM changed c JOIN wanted w USING (signal_id, user_id)
              JOIN signals s ON s.id = c.signal_id JOIN profiles p ON p.id = c.user_id
            ), announced AS (
            """
            + Announcing.of(
                    EventType.SIGNAL_REACTED,
                    "concat(t.signal_id, ':', t.user_id)",
                    "'userId', t.user_id, 'incarnation', t.incarnation, 'reaction', t.reaction_type, 'previousReaction', t.previous,"
                            + " 'reactedAt', " + Announcing.instant("now()"),
                    "told")
            + """
            )
            SELECT CASE WHEN c.signal_id IS NOT NULL THEN 'REACTED'
            """ + Answering.refusals("a.signal_id", "a.user_id") + """
              WHEN EXISTS (SELECT FROM signal_engagement e
                           WHERE e.signal_id = a.signal_id AND e.user_id = a.user_id AND e.reaction_type = a.reaction_type)
                THEN 'REACTED'
              ELSE 'OVERTAKEN'
            END AS outcome
            FROM asked a LEFT JOIN changed c USING (signal_id, user_id)
            ORDER BY a.position
            """;

    private static final String TAKE_BACK = """
            WITH gone AS (
              DELETE FROM signal_engagement e USING signals s, profiles p
              WHERE e.signal_id = $1 AND e.user_id = $2 AND s.id = e.signal_id AND p.id = e.user_id
              RETURNING e.signal_id, s.creator_id, s.incarnation AS creator_incarnation, e.user_id, p.incarnation,
                e.reaction_type, $3::text AS cause
            ), announced AS (
            """
            + Announcing.of(
                    EventType.SIGNAL_REACTION_REMOVED,
                    "concat(t.signal_id, ':', t.user_id)",
                    "'userId', t.user_id, 'incarnation', t.incarnation, 'reaction', t.reaction_type, 'removedAt', "
                            + Announcing.instant("now()"),
                    "gone")
            + ") SELECT FROM signals WHERE id = $1";

    private static final String TOTALS = """
            SELECT by_type.* FROM signals s LEFT JOIN LATERAL (
              SELECT reaction_type, count(*) AS total FROM signal_engagement WHERE signal_id = s.id GROUP BY reaction_type
            ) AS by_type ON true
            WHERE s.id = $1
            """;

    private final Slice slice;
    private final Grouped<Reaction, Row> reactions;
    private final SecondOpinion opinion;

    Reactions(Slice slice, SecondOpinion opinion) {
        this.slice = slice;
        this.reactions = slice.grouped(REACT, Reaction::columns);
        this.opinion = opinion;
    }

    /**
     * Makes this the caller's reaction to the signal; the same again changes nothing.
     *
     * @param type one of those that {@link NewReaction} names
     * @return completes when the reaction and its event are committed
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code blocked} (403)
     */
    Uni<Void> react(Caller caller, UUID signal, String type) {
        return opinion.on(() -> react(new Reaction(caller, signal, type), TRIES), caller.id());
    }

    private Uni<Void> react(Reaction asked, int tries) {
        return reactions
                .ask(asked)
                .onFailure()
                .transform(Answering::explain)
                .map(row -> row.getString("outcome"))
                .chain(outcome -> switch (outcome) {
                    case "REACTED" -> Uni.createFrom().voidItem();
                    case "OVERTAKEN" ->
                        // Their other request came in between, and this one cannot tell what it has left.
                        tries > 1
                                ? react(asked, tries - 1)
                                : Uni.createFrom()
                                        .failure(
                                                () -> Problems.BUSY.because("Nothing was changed; try again shortly."));
                    default -> Uni.createFrom().failure(Answering.Refusal.valueOf(outcome)::problem);
                });
    }

    /**
     * Ends the caller's reaction to the signal; where there is none, nothing changes.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Void> takeBack(Caller caller, UUID signal) {
        return slice.command(caller, TAKE_BACK, signal, caller.id(), caller.traceparent())
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw SignalState.unknown();
                    }
                })
                .replaceWithVoid();
    }

    /**
     * How many react in which way.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<ReactionTotals> totals(UUID signal) {
        return slice.publicRead(TOTALS, signal).map(rows -> {
            if (rows.size() == 0) {
                throw SignalState.unknown();
            }
            return ReactionTotals.of(rows);
        });
    }

    /** That somebody wants to react to a signal. */
    private record Reaction(Caller caller, UUID signal, String type) implements Grouped.Asked {

        static Object[] columns(List<Reaction> asked) {
            return new Object[] {
                column(asked, Reaction::signal, UUID[]::new),
                column(asked, reaction -> reaction.caller().id(), UUID[]::new),
                column(asked, Reaction::type, String[]::new),
                column(asked, reaction -> reaction.caller().traceparent(), String[]::new)
            };
        }
    }
}
