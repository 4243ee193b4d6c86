package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The commands that withdraw or disqualify a participant. */
@ApplicationScoped
class LeaveCommand {

    private static final String FIND = "SELECT " + Participant.COLUMNS
            + " FROM competition_participants WHERE competition_id = $1 AND user_id = $2";
    private static final String WITHDRAW =
            "UPDATE competition_participants SET status = 'withdrawn' WHERE id = $1 RETURNING " + Participant.COLUMNS;
    private static final String DISQUALIFY = """
            UPDATE competition_participants SET status = 'disqualified', disqualification_reason = $2
            WHERE id = $1 RETURNING
            """ + Participant.COLUMNS;

    private final SliceDatabase slice;

    LeaveCommand(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Withdraws the caller. Does nothing when the caller does not participate or has withdrawn.
     *
     * @throws Problem {@code not-found} (404), {@code competition-over} (409), {@code disqualified} (409), {@code conflict}
     *     (409) when eliminated
     */
    Uni<Void> withdraw(Caller caller, UUID competition) {
        return slice.write(
                caller,
                tx -> LockedCompetition.lock(tx, competition)
                        .chain(locked -> tx.execute(FIND, competition, caller.id())
                                .map(rows -> Rows.first(rows, Participant::of))
                                .chain(participant -> participant
                                        .filter(own -> !own.is("withdrawn"))
                                        .map(own -> withdraw(tx, locked, own))
                                        .orElseGet(() -> Uni.createFrom().voidItem()))));
    }

    /**
     * Disqualifies a participant within the given transaction. The caller is the competition's creator or a platform admin. A
     * participant in stealth mode is not found for the creator, but for an admin.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code competition-over} (409), {@code
     *     disqualified} (409), {@code not-participating} (409)
     */
    Uni<Answer> disqualify(Tx tx, Caller caller, UUID competition, UUID profile, String reason) {
        return LockedCompetition.lock(tx, competition)
                .invoke(locked -> {
                    if (!caller.platformAdmin() && !caller.id().equals(locked.creatorId())) {
                        throw ProblemKind.FORBIDDEN.because(
                                "Only the competition's creator and platform admins may do this.");
                    }
                    locked.requireNotOver();
                })
                .chain(() -> tx.execute(FIND, competition, profile))
                .map(rows -> Rows.first(rows, Participant::of)
                        .orElseThrow(() -> ProblemKind.NOT_FOUND.because("This profile does not participate.")))
                .invoke(LeaveCommand::requireDisqualifiable)
                .chain(participant -> tx.execute(DISQUALIFY, participant.view().participantId(), reason))
                .map(rows -> Participant.of(rows.iterator().next()))
                .call(participant -> tx.publish(participant.disqualified()))
                .map(participant -> new Answer(200, null, null, participant.view()));
    }

    private static Uni<Void> withdraw(Tx tx, LockedCompetition locked, Participant own) {
        locked.requireNotOver();
        if (own.is("disqualified")) {
            throw ProblemKind.DISQUALIFIED.because("A disqualified participant cannot withdraw.");
        }
        if (!own.is("active")) {
            throw ProblemKind.CONFLICT.because(
                    "A participant who is " + own.view().status() + " cannot withdraw.");
        }
        return tx.execute(WITHDRAW, own.view().participantId())
                .chain(rows -> tx.publish(Participant.of(rows.iterator().next()).withdrew()));
    }

    private static void requireDisqualifiable(Participant participant) {
        if (participant.is("disqualified")) {
            throw ProblemKind.DISQUALIFIED.because("The first disqualification and its reason remain.");
        }
        if (participant.is("withdrawn")) {
            throw ProblemKind.NOT_PARTICIPATING.because("A withdrawn participant cannot be disqualified.");
        }
    }
}
