/** Leaderboards and final results. */
package io.tradosphere.competition.leaderboard;
