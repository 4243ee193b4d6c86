package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Joining competitions, and coming back after a withdrawal. */
@ApplicationScoped
class Joining {

    static final ProblemKind FULL = new ProblemKind("competition-full", 409, "The competition is full");
    static final ProblemKind ENTRY_CLOSED =
            new ProblemKind("entry-closed", 409, "The competition can no longer be joined");
    static final ProblemKind ALREADY_PARTICIPATING =
            new ProblemKind("already-participating", 409, "The caller takes part already");
    static final ProblemKind DISQUALIFIED = new ProblemKind("disqualified", 409, "The participant is disqualified");
    static final ProblemKind NOT_CLAN_MEMBER =
            new ProblemKind("not-clan-member", 403, "The caller does not belong to the clan");

    private static final String WHAT_FOR = """
            SELECT c.type, EXISTS (SELECT FROM profiles WHERE id = $2) AS caller_known FROM competitions c WHERE c.id = $1
            """;
    /** Whether there is a place, and whether it is theirs to take, is the triggers' to say. */
    private static final String JOIN = """
            INSERT INTO competition_participants (competition_id, user_id, clan_id) VALUES ($1, $2, $3)
            ON CONFLICT (competition_id, user_id) DO NOTHING RETURNING
            """ + Participant.COLUMNS;

    private static final String OWN = "SELECT " + Participant.COLUMNS
            + " FROM competition_participants WHERE competition_id = $1 AND user_id = $2";
    private static final String COME_BACK =
            "UPDATE competition_participants SET status = 'active' WHERE id = $1 RETURNING " + Participant.COLUMNS;

    /**
     * Gives the caller a place within the given transaction; the failures of {@link #explain} may follow.
     *
     * @throws Problem {@code not-found} (404), {@code profile-required} (403), {@code invalid-request} (400) for a clan where none
     *     belongs or none where one does, {@code already-participating} (409), {@code disqualified} (409), {@code conflict} (409)
     *     for coming back with another clan
     */
    Uni<Answer> join(Tx tx, Caller caller, UUID competition, Entry entry) {
        return tx.execute(WHAT_FOR, competition, caller.id())
                .invoke(rows -> require(Rows.first(rows, row -> row).orElseThrow(Contest::unknown), entry))
                .chain(() -> tx.execute(JOIN, competition, caller.id(), entry.clanId()))
                .chain(joined -> Rows.first(joined, Participant::of)
                        .map(participant -> Uni.createFrom().item(participant))
                        .orElseGet(() -> comeBack(tx, caller, competition, entry)))
                .call(participant -> tx.publish(participant.joined()))
                .map(participant -> Answer.created("/v1/competitions/" + competition, null, participant.view()));
    }

    /** A trigger's refusal in the client's words; any other failure as it is. */
    static Throwable explain(Throwable failure) {
        if (SqlFailure.violates(failure, "participants_full")) {
            return FULL.because("Every place is taken; one may become free.");
        }
        if (SqlFailure.violates(failure, "participants_entry_is_over")) {
            return ENTRY_CLOSED.because("It has started and its rules allow no late entry, or it is over.");
        }
        if (SqlFailure.violates(failure, "participants_team_is_a_clan_of_theirs")) {
            return NOT_CLAN_MEMBER.because("Join the clan first, with POST /v1/clans/{clanId}/members.");
        }
        return failure;
    }

    private static void require(Row row, Entry entry) {
        if (!row.getBoolean("caller_known")) {
            throw Refusals.noProfile();
        }
        boolean forTeams = row.getString("type").equals("team");
        if (forTeams && entry.clanId() == null) {
            throw invalidClan("is required in a team competition");
        }
        if (!forTeams && entry.clanId() != null) {
            throw invalidClan("is for team competitions");
        }
    }

    private static Problem invalidClan(String message) {
        return Problems.INVALID_REQUEST.because("clanId " + message + ".", List.of(new Violation("clanId", message)));
    }

    private static Uni<Participant> comeBack(Tx tx, Caller caller, UUID competition, Entry entry) {
        return Contest.lock(tx, competition)
                .chain(() -> tx.execute(OWN, competition, caller.id()))
                .map(rows -> Rows.first(rows, Participant::of)
                        .orElseThrow(() -> ALREADY_PARTICIPATING.because("Send the request again.")))
                .invoke(own -> requireMayComeBack(own, entry))
                .chain(own -> tx.execute(COME_BACK, own.view().participantId()))
                .map(rows -> Participant.of(rows.iterator().next()));
    }

    private static void requireMayComeBack(Participant own, Entry entry) {
        if (own.is("disqualified")) {
            throw DISQUALIFIED.because("Whoever is disqualified cannot come back.");
        }
        if (!own.is("withdrawn")) {
            throw ALREADY_PARTICIPATING.because("There is one place a person.");
        }
        if (!own.isFor(entry.clanId())) {
            throw Problems.CONFLICT.because(
                    "You took part for clan " + own.view().clanId() + "; come back for the same.");
        }
    }
}
