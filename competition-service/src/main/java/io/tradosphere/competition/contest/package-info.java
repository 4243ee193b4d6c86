/** Competitions: announcing, showing, changing and calling them off, and the schemas of what they are played by. */
package io.tradosphere.competition.contest;
