/**
 * The feed: signals of the creators whom a profile follows.
 *
 * <p>Each follow has a moment, {@code merged_until}. What its creator posted later is fanned out on write, to the follower's
 * timeline. What was posted up to that moment is merged from signals on read. The two sources never overlap. So a feed is
 * complete as soon as the follow is known. The moment moves back once older signals have been fanned out. Follows of a star
 * stay at infinity.
 *
 * <p>These two have public signals. A third source, also read on each page, is the signals for subscribers of the creators to whom the
 * reader has access.
 */
package io.tradosphere.signal.feed;
