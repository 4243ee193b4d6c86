/** What trades are worth in competitions: which ones count, what they add up to, and the places that follow. */
package io.tradosphere.competition.scoring;
