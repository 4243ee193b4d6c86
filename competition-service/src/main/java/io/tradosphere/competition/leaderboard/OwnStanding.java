package io.tradosphere.competition.leaderboard;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the caller stands.
 *
 * @param trueRank among all, those in stealth mode included; null without a rank
 * @param own the caller's own row
 * @param around the caller's row among the nearest others, at most five, in the order of the leaderboard; empty without a rank
 */
record OwnStanding(Integer trueRank, LeaderboardRow own, List<LeaderboardRow> around) {

    private static final int OTHERS = 5;
    private static final int ABOVE = 2;

    /**
     * Two above and three below, or more of one where there are fewer of the other.
     *
     * @param above the nearest of those above, the nearest last
     * @param below the nearest of those below, the nearest first
     */
    static OwnStanding of(
            Integer trueRank, LeaderboardRow own, List<LeaderboardRow> above, List<LeaderboardRow> below) {
        if (own.rank() == null) {
            return new OwnStanding(null, own, List.of());
        }
        int shownAbove = Math.min(above.size(), Math.max(ABOVE, OTHERS - below.size()));
        int shownBelow = Math.min(below.size(), OTHERS - shownAbove);
        List<LeaderboardRow> around = new ArrayList<>(above.subList(above.size() - shownAbove, above.size()));
        around.add(own);
        around.addAll(below.subList(0, shownBelow));
        return new OwnStanding(trueRank, own, around);
    }
}
