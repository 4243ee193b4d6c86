package io.tradosphere.platform.http;

import io.tradosphere.contracts.Nullable;
import java.util.List;

/**
 * One page of a list.
 *
 * @param items the items of the page, at most {@code limit}
 * @param nextCursor what to send as {@code cursor} for the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {}
