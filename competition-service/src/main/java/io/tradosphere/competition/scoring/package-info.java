/** Scoring: which trades count, participants' metrics, and the ranking. */
package io.tradosphere.competition.scoring;
