package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The command that joins a competition, or rejoins it after a withdrawal. */
@ApplicationScoped
class JoinCommand {

    /** Violations that the triggers raise. */
    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "participants_full",
                    ProblemKind.COMPETITION_FULL.because("All places are taken; try again after a withdrawal."),
            "participants_entry_closed",
                    ProblemKind.ENTRY_CLOSED.because(
                            "It has started and its rules do not allow late entry, or it is over."),
            "participants_clan_membership",
                    ProblemKind.NOT_CLAN_MEMBER.because("Join the clan first, with POST /v1/clans/{clanId}/members.")));

    private static final String FIND_COMPETITION = """
            SELECT c.type, EXISTS (SELECT FROM profiles WHERE id = $2) AS caller_exists FROM competitions c WHERE c.id = $1
            """;
    /** Triggers check capacity and eligibility. */
    private static final String JOIN = """
            INSERT INTO competition_participants (competition_id, user_id, clan_id) VALUES ($1, $2, $3)
            ON CONFLICT (competition_id, user_id) DO NOTHING RETURNING
            """ + Participant.COLUMNS;

    private static final String FIND_OWN = "SELECT " + Participant.COLUMNS
            + " FROM competition_participants WHERE competition_id = $1 AND user_id = $2";
    private static final String REJOIN =
            "UPDATE competition_participants SET status = 'active' WHERE id = $1 RETURNING " + Participant.COLUMNS;

    /**
     * Joins the caller within the given transaction. Explain its failures with {@link #CONSTRAINTS}.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code invalid-request} (400) for a missing
     *     or unexpected clan, {@code already-participating} (409), {@code disqualified} (409), {@code conflict} (409) for
     *     rejoining with another clan
     */
    Uni<Answer> join(Tx tx, Caller caller, UUID competition, JoinRequest request) {
        return tx.execute(FIND_COMPETITION, competition, caller.id())
                .invoke(rows -> require(Rows.first(rows, row -> row).orElseThrow(LockedCompetition::notFound), request))
                .chain(() -> tx.execute(JOIN, competition, caller.id(), request.clanId()))
                .chain(joined -> Rows.first(joined, Participant::of)
                        .map(participant -> Uni.createFrom().item(participant))
                        .orElseGet(() -> rejoin(tx, caller, competition, request)))
                .call(participant -> tx.publish(participant.joined()))
                .map(participant -> Answer.created("/v1/competitions/" + competition, null, participant.view()));
    }

    private static void require(Row row, JoinRequest request) {
        if (!row.getBoolean("caller_exists")) {
            throw Refusals.noProfile();
        }
        boolean forTeams = row.getString("type").equals("team");
        if (forTeams && request.clanId() == null) {
            throw invalidClan("is required in a team competition");
        }
        if (!forTeams && request.clanId() != null) {
            throw invalidClan("is for team competitions");
        }
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
}
