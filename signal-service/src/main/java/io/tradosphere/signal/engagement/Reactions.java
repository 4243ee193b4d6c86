package io.tradosphere.signal.engagement;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.RequestBatcher;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.signal.view.Audiences;
import io.tradosphere.signal.view.SignalState;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Adds, counts and removes reactions to signals. Each write is one statement with its event. Reactions that arrive at
 * the same time share a statement.
 */
@ApplicationScoped
class Reactions {

    private static final SqlFile SQL = SqlFile.of(Reactions.class);

    private static final int TRIES = 5;

    /**
     * Reactions of one or more callers. Of two by the same caller to the same signal, the later one counts. A reaction
     * of an earlier incarnation is renewed, so that erasing that incarnation keeps it. The reason of a refusal is
     * looked up only where nothing changed.
     */
    private static final String REACT = SQL.get(
            "react",
            Map.of(
                    "permitted",
                    EngagementPermission.permitted("w.signal_id", "w.user_id"),
                    "publish",
                    EngagementOutbox.of(
                            EventType.SIGNAL_REACTED,
                            "concat(t.signal_id, ':', t.user_id)",
                            "'userId', t.user_id, 'incarnation', t.incarnation, 'reaction', t.reaction_type, 'previousReaction', t.previous,"
                                    + " 'reactedAt', " + EngagementOutbox.instant("now()"),
                            "events"),
                    "refusals",
                    EngagementPermission.refusals("a.signal_id", "a.user_id")));

    private static final String REMOVE = """
            WITH removed AS (
              DELETE FROM signal_engagement e USING signals s, profiles p
              WHERE e.signal_id = $1 AND e.user_id = $2 AND s.id = e.signal_id AND p.id = e.user_id
              RETURNING e.signal_id, s.creator_id, s.incarnation AS creator_incarnation, s.is_public, e.user_id, p.incarnation,
                e.reaction_type, $3::text AS cause
            ), published AS (
            """
            + EngagementOutbox.of(
                    EventType.SIGNAL_REACTION_REMOVED,
                    "concat(t.signal_id, ':', t.user_id)",
                    "'userId', t.user_id, 'incarnation', t.incarnation, 'reaction', t.reaction_type, 'removedAt', "
                            + EngagementOutbox.instant("now()"),
                    "removed")
            + ") SELECT FROM signals WHERE id = $1";

    private static final String TOTALS = "SELECT reaction_type, total FROM reaction_totals($1)";

    private final SliceDatabase slice;
    private final RequestBatcher<Reaction, Row> reactions;
    private final ProfileFreshness freshness;

    Reactions(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.reactions = slice.batched(REACT, Reaction::columns);
        this.freshness = freshness;
    }

    /**
     * Makes this the caller's reaction to the signal; repeated, it changes nothing.
     *
     * @param type one of those that {@link NewReaction} names
     * @return completes when the reaction and its event are committed
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code blocked} (403)
     */
    Uni<Void> react(Caller caller, UUID signal, String type) {
        return freshness.ensure(() -> react(new Reaction(caller, signal, type), TRIES), caller.id());
    }

    private Uni<Void> react(Reaction request, int tries) {
        return reactions
                .ask(request)
                .onFailure()
                .transform(EngagementPermission.CONSTRAINTS::explain)
                .map(row -> row.getString("outcome"))
                .chain(outcome -> switch (outcome) {
                    case "REACTED" -> Uni.createFrom().voidItem();
                    case "OVERTAKEN" ->
                        // Another request of the caller committed in between; its result is unknown to this one.
                        tries > 1
                                ? react(request, tries - 1)
                                : Uni.createFrom()
                                        .failure(() ->
                                                ProblemKind.BUSY.because("Nothing was changed; try again shortly."));
                    default -> Uni.createFrom().failure(EngagementPermission.Refusal.valueOf(outcome)::problem);
                });
    }

    /**
     * Removes the caller's reaction to the signal; without one, nothing changes.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Void> remove(Caller caller, UUID signal) {
        return slice.command(caller, REMOVE, signal, caller.id(), caller.traceparent())
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw SignalState.unknown();
                    }
                })
                .replaceWithVoid();
    }

    /**
     * The number of reactions by type.
     *
     * @param caller who asks; a signal for subscribers exists for those alone who may read it
     * @throws Problem {@code not-found} (404)
     */
    Uni<ReactionTotals> totals(Optional<Caller> caller, UUID signal) {
        return Audiences.read(slice, caller, TOTALS, signal).map(rows -> {
            if (rows.size() == 0) {
                throw SignalState.unknown();
            }
            return ReactionTotals.of(rows);
        });
    }

    /** A request to react to a signal. */
    private record Reaction(Caller caller, UUID signal, String type) implements RequestBatcher.Request {

        @Override
        public List<UUID> rows() {
            return List.of(caller.id(), signal);
        }

        static Object[] columns(List<Reaction> requests) {
            return new Object[] {
                column(requests, Reaction::signal, UUID[]::new),
                column(requests, reaction -> reaction.caller().id(), UUID[]::new),
                column(requests, Reaction::type, String[]::new),
                column(requests, reaction -> reaction.caller().traceparent(), String[]::new)
            };
        }
    }
}
