package io.tradosphere.competition.participation;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import java.util.UUID;

/**
 * What it takes to know of a competition to change somebody's part in it.
 *
 * @param creatorId who holds it; null when that person is gone
 */
record Contest(UUID creatorId, String status) {

    static final ProblemKind OVER = new ProblemKind("competition-over", 409, "The competition is over");

    private static final String LOCK = "SELECT creator_id, status FROM competition_for_change($1)";

    /**
     * The competition, locked until the transaction ends: every change of a part that somebody has begins so.
     *
     * @throws Problem {@code not-found} (404)
     */
    static Uni<Contest> lock(Tx tx, UUID competition) {
        return tx.execute(LOCK, competition)
                .map(rows -> Rows.first(rows, row -> new Contest(row.getUUID("creator_id"), row.getString("status")))
                        .orElseThrow(Contest::unknown));
    }

    /** The problem of a competition that does not exist. */
    static Problem unknown() {
        return Problems.NOT_FOUND.because("No competition has this id.");
    }

    /**
     * Lets pass what can change while the competition is upcoming or under way.
     *
     * @throws Problem {@code competition-over} (409)
     */
    void requireUndecided() {
        if (!status.equals("upcoming") && !status.equals("active")) {
            throw OVER.because("It is " + status + ", and who took part stays as it is.");
        }
    }
}
