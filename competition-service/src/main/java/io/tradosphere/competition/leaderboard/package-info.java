/** Who leads, and who has won. */
package io.tradosphere.competition.leaderboard;
