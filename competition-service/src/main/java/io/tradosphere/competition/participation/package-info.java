/** Participation in competitions: join, withdraw, rejoin and disqualify. */
package io.tradosphere.competition.participation;
