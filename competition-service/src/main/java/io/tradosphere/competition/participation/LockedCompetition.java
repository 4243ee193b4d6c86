package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import java.util.UUID;

/**
 * The fields of a row-locked competition that participant commands need.
 *
 * @param creatorId the creator's profile id; null once the creator is erased
 */
record LockedCompetition(UUID creatorId, String status) {

    private static final String LOCK = "SELECT creator_id, status FROM lock_competition($1)";

    /**
     * Locks the competition's row until the transaction ends. Every change of an existing participant starts with this lock.
     *
     * @throws Problem {@code not-found} (404)
     */
    static Uni<LockedCompetition> lock(Tx tx, UUID competition) {
        return tx.execute(LOCK, competition)
                .map(rows -> Rows.first(
                                rows, row -> new LockedCompetition(row.getUUID("creator_id"), row.getString("status")))
                        .orElseThrow(LockedCompetition::notFound));
    }

    /** The 404 problem for an id without a competition. */
    static Problem notFound() {
        return ProblemKind.NOT_FOUND.because("No competition has this id.");
    }

    /**
     * Requires that the competition is upcoming or active.
     *
     * @throws Problem {@code competition-over} (409)
     */
    void requireNotOver() {
        if (!status.equals("upcoming") && !status.equals("active")) {
            throw ProblemKind.COMPETITION_OVER.because("It is " + status + "; its participants can no longer change.");
        }
    }
}
