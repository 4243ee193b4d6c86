package io.tradosphere.platform.http;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items what it shows
 * @param nextCursor where the next page begins; null on the last
 */
public record Page<T>(List<T> items, String nextCursor) {}
