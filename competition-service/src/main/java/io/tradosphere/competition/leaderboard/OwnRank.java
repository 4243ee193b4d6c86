package io.tradosphere.competition.leaderboard;

import io.tradosphere.contracts.Nullable;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller's rank with the neighbouring rows.
 *
 * @param trueRank rank among all participants, including those in stealth mode; null when unranked
 * @param own the caller's own row
 * @param around the caller's row and at most five neighbours, in leaderboard order; empty when unranked
 */
record OwnRank(@Nullable Integer trueRank, LeaderboardRow own, List<LeaderboardRow> around) {

    private static final int OTHERS = 5;
    private static final int ABOVE = 2;

    /**
     * Selects two rows above and three below, or more of one side when the other has fewer.
     *
     * @param above rows above the caller's, the nearest last
     * @param below rows below the caller's, the nearest first
     */
    static OwnRank of(Integer trueRank, LeaderboardRow own, List<LeaderboardRow> above, List<LeaderboardRow> below) {
        if (own.rank() == null) {
            return new OwnRank(null, own, List.of());
        }
        int shownAbove = Math.min(above.size(), Math.max(ABOVE, OTHERS - below.size()));
        int shownBelow = Math.min(below.size(), OTHERS - shownAbove);
        List<LeaderboardRow> around = new ArrayList<>(above.subList(above.size() - shownAbove, above.size()));
        around.add(own);
        around.addAll(below.subList(0, shownBelow));
        return new OwnRank(trueRank, own, around);
    }
}
