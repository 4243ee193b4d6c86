package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Withdrawing from competitions, and being disqualified. */
@ApplicationScoped
class Leaving {

    static final ProblemKind NOT_PARTICIPATING =
            new ProblemKind("not-participating", 409, "The profile takes part no longer");

    private static final String PART = "SELECT " + Participant.COLUMNS
            + " FROM competition_participants WHERE competition_id = $1 AND user_id = $2";
    private static final String WITHDRAW =
            "UPDATE competition_participants SET status = 'withdrawn' WHERE id = $1 RETURNING " + Participant.COLUMNS;
    private static final String DISQUALIFY = """
            UPDATE competition_participants SET status = 'disqualified', disqualification_reason = $2
            WHERE id = $1 RETURNING
            """ + Participant.COLUMNS;

    private final Slice slice;

    Leaving(Slice slice) {
        this.slice = slice;
    }

    /**
     * Gives the caller's place back. Whoever has none, or no longer, has withdrawn already.
     *
     * @throws Problem {@code not-found} (404), {@code competition-over} (409), {@code disqualified} (409), {@code conflict} (409)
     *     for who is eliminated
     */
    Uni<Void> withdraw(Caller caller, UUID competition) {
        return slice.write(
                caller,
                tx -> Contest.lock(tx, competition)
                        .chain(contest -> tx.execute(PART, competition, caller.id())
                                .map(rows -> Rows.first(rows, Participant::of))
                                .chain(part -> part.filter(own -> !own.is("withdrawn"))
                                        .map(own -> withdraw(tx, contest, own))
                                        .orElseGet(() -> Uni.createFrom().voidItem()))));
    }

    /**
     * Excludes somebody on the word of the competition's creator, or with a platform-admin's rights, within the given transaction.
     * Whoever is in stealth mode is nobody to the creator; a platform-admin sees them.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code competition-over} (409), {@code disqualified} (409),
     *     {@code not-participating} (409)
     */
    Uni<Answer> disqualify(Tx tx, Caller caller, UUID competition, UUID profile, String reason) {
        return Contest.lock(tx, competition)
                .invoke(contest -> {
                    if (!caller.platformAdmin() && !caller.id().equals(contest.creatorId())) {
                        throw Problems.FORBIDDEN.because("This is for the competition's creator and platform admins.");
                    }
                    contest.requireUndecided();
                })
                .chain(() -> tx.execute(PART, competition, profile))
                .map(rows -> Rows.first(rows, Participant::of)
                        .orElseThrow(() -> Problems.NOT_FOUND.because("This profile does not take part.")))
                .invoke(Leaving::requireDisqualifiable)
                .chain(part -> tx.execute(DISQUALIFY, part.view().participantId(), reason))
                .map(rows -> Participant.of(rows.iterator().next()))
                .call(part -> tx.publish(part.disqualified()))
                .map(part -> new Answer(200, null, null, part.view()));
    }

    private static Uni<Void> withdraw(Tx tx, Contest contest, Participant own) {
        contest.requireUndecided();
        if (own.is("disqualified")) {
            throw Joining.DISQUALIFIED.because("There is nothing left to withdraw from.");
        }
        if (!own.is("active")) {
            throw Problems.CONFLICT.because(
                    "Whoever is " + own.view().status() + " has nothing left to withdraw from.");
        }
        return tx.execute(WITHDRAW, own.view().participantId())
                .chain(rows -> tx.publish(Participant.of(rows.iterator().next()).withdrew()));
    }

    private static void requireDisqualifiable(Participant part) {
        if (part.is("disqualified")) {
            throw Joining.DISQUALIFIED.because("The first word stands, with its reason.");
        }
        if (part.is("withdrawn")) {
            throw NOT_PARTICIPATING.because("Whoever has withdrawn cannot be disqualified.");
        }
    }
}
