/**
 * The feed: signals of whom somebody follows.
 *
 * <p>Each follow has a moment, {@code merged_until}. What its creator posted later is in the follower's timeline, fanned out on
 * write; what was posted up to then is merged from signals on read. The two never overlap, so a feed is complete from the moment
 * that the follow is known, whatever has been fanned out; the moment moves back once it has. A star's follows stay at infinity.
 */
package io.tradosphere.signal.feed;
