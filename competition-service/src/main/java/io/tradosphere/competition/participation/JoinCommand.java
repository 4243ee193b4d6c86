package io.tradosphere.competition.participation;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.RequestBatcher;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The command that joins a competition, or rejoins it after a withdrawal. Joins that arrive at the same time share a
 * statement. It locks each competition once and takes the places of all of them.
 */
@ApplicationScoped
class JoinCommand {

    private static final SqlFile SQL = SqlFile.of(JoinCommand.class);

    private static final Map<String, Problem> REFUSALS = Map.of(
            "participants_full",
            ProblemKind.COMPETITION_FULL.because("All places are taken; try again after a withdrawal."),
            "participants_entry_closed",
            ProblemKind.ENTRY_CLOSED.because("It has started and its rules do not allow late entry, or it is over."),
            "participants_clan_membership",
            ProblemKind.NOT_CLAN_MEMBER.because("Join the clan first, with POST /v1/clans/{clanId}/members."));

    /** Violations that the triggers raise. */
    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(REFUSALS);

    /** Joins of one or more callers, with their events. Its function decides which of them get a place. */
    private static final String JOIN = SQL.get(
            "join", Map.of("topic", Topic.PARTICIPANTS.topicName(), "type", EventType.COMPETITION_JOINED.ceType()));

    private static final String EXISTS = """
            SELECT EXISTS (SELECT FROM competitions WHERE id = $1) AS competition_exists
            """;
    private static final String FIND_OWN = "SELECT " + Participant.COLUMNS
            + " FROM competition_participants WHERE competition_id = $1 AND user_id = $2";
    private static final String REJOIN =
            "UPDATE competition_participants SET status = 'active' WHERE id = $1 RETURNING " + Participant.COLUMNS;

    private final RequestBatcher<Entry, Row> joins;

    JoinCommand(SliceDatabase slice) {
        this.joins = slice.batched(JOIN, Entry::columns);
    }

    /**
     * Joins the caller, together with others who join at the same time.
     *
     * @return empty when only {@link #join} can tell: the caller has a participation already, or is asking twice
     * @throws Problem as {@link #join}
     */
    Uni<Optional<Answer>> joinWithOthers(Caller caller, UUID competition, JoinRequest request) {
        Entry entry = new Entry(caller, competition, request.clanId());
        return joins.ask(entry).map(row -> switch (row.getString("outcome")) {
            case "JOINS" -> Optional.of(answer(Participant.of(row)));
            // Which of the two is unknown is for a statement that few run.
            case "TAKES_PART", "UNKNOWN" -> Optional.empty();
            default -> throw refusal(row.getString("outcome"));
        });
    }

    /**
     * Joins the caller within the given transaction. Explain its failures with {@link #CONSTRAINTS}.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code invalid-request} (400) for a missing
     *     or unexpected clan, {@code already-participating} (409), {@code disqualified} (409), {@code conflict} (409) for
     *     rejoining with another clan, {@code competition-full} (409), {@code entry-closed} (409), {@code not-clan-member}
     *     (403)
     */
    Uni<Answer> join(Tx tx, Caller caller, UUID competition, JoinRequest request) {
        Entry entry = new Entry(caller, competition, request.clanId());
        return tx.execute(JOIN, Entry.columns(List.of(entry)))
                .map(rows -> rows.iterator().next())
                .chain(row -> switch (row.getString("outcome")) {
                    case "JOINS" -> Uni.createFrom().item(Participant.of(row));
                    case "TAKES_PART" ->
                        rejoin(tx, caller, competition, request).call(participant -> tx.publish(participant.joined()));
                    case "UNKNOWN" -> refuseUnknown(tx, competition);
                    default -> Uni.createFrom().failure(refusal(row.getString("outcome")));
                })
                .map(JoinCommand::answer);
    }

    private static Answer answer(Participant participant) {
        return Answer.created("/v1/competitions/" + participant.view().competitionId(), null, participant.view());
    }

    private static <T> Uni<T> refuseUnknown(Tx tx, UUID competition) {
        return tx.execute(EXISTS, competition).map(rows -> {
            throw rows.iterator().next().getBoolean("competition_exists")
                    ? Refusals.noProfile()
                    : LockedCompetition.notFound();
        });
    }

    private static RuntimeException refusal(String outcome) {
        return switch (outcome) {
            case "CLAN_REQUIRED" -> invalidClan("is required in a team competition");
            case "CLAN_UNEXPECTED" -> invalidClan("is for team competitions");
            default ->
                REFUSALS.containsKey(outcome)
                        ? REFUSALS.get(outcome)
                        : new IllegalStateException("A join was refused as " + outcome);
        };
    }

    private static Problem invalidClan(String message) {
        return ProblemKind.INVALID_REQUEST.because(
                "clanId " + message + ".", List.of(new Violation("clanId", message)));
    }

    private static Uni<Participant> rejoin(Tx tx, Caller caller, UUID competition, JoinRequest request) {
        return LockedCompetition.lock(tx, competition)
                .chain(() -> tx.execute(FIND_OWN, competition, caller.id()))
                .map(rows -> Rows.first(rows, Participant::of)
                        .orElseThrow(() -> ProblemKind.ALREADY_PARTICIPATING.because("Send the request again.")))
                .invoke(own -> requireRejoinable(own, request))
                .chain(own -> tx.execute(REJOIN, own.view().participantId()))
                .map(rows -> Participant.of(rows.iterator().next()));
    }

    private static void requireRejoinable(Participant own, JoinRequest request) {
        if (own.is("disqualified")) {
            throw ProblemKind.DISQUALIFIED.because("A disqualified participant cannot rejoin.");
        }
        if (!own.is("withdrawn")) {
            throw ProblemKind.ALREADY_PARTICIPATING.because("A profile can join a competition only once.");
        }
        if (!own.isFor(request.clanId())) {
            throw ProblemKind.CONFLICT.because(
                    "You took part for clan " + own.view().clanId() + "; rejoin for the same clan.");
        }
    }

    /**
     * A request to join.
     *
     * @param clan null without one
     */
    private record Entry(Caller caller, UUID competition, UUID clan) implements RequestBatcher.Request {

        @Override
        public List<UUID> rows() {
            return List.of(caller.id(), competition);
        }

        static Object[] columns(List<Entry> entries) {
            return new Object[] {
                column(entries, Entry::competition, UUID[]::new),
                column(entries, entry -> entry.caller().id(), UUID[]::new),
                column(entries, Entry::clan, UUID[]::new),
                column(entries, entry -> entry.caller().traceparent(), String[]::new)
            };
        }
    }
}
