package io.tradosphere.platform.db;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Requests that wait for locked rows. Few of them are in flight at a time, each for other rows where possible: it holds a
 * connection as long as it waits. When one gets through, the others that touch its rows need not wait any more.
 *
 * <p>Used by one event loop only.
 *
 * @param <R> the request
 */
final class LockWaiters<R> {

    /** How many requests wait for locks at a time. A connection that waits serves nobody else. */
    private static final int MAX_IN_FLIGHT = 2;

    private final Function<R, List<UUID>> rows;
    private final BiConsumer<R, Consumer<Boolean>> attempt;
    private final Consumer<Collection<R>> resume;

    private final List<R> queue = new ArrayList<>();
    private final List<R> inFlight = new ArrayList<>();
    /** How many requests, queued or in flight, touch a row. */
    private final Map<UUID, Integer> touched = new HashMap<>();

    /**
     * An empty queue.
     *
     * @param rows the rows that a request touches
     * @param attempt runs a request and tells whether it got its locks; answers the request in both cases
     * @param resume takes requests that need not wait any more
     */
    LockWaiters(
            Function<R, List<UUID>> rows, BiConsumer<R, Consumer<Boolean>> attempt, Consumer<Collection<R>> resume) {
        this.rows = rows;
        this.attempt = attempt;
        this.resume = resume;
    }

    /** Whether a request that waits touches a row of this one. */
    boolean touch(R request) {
        return rows.apply(request).stream().anyMatch(touched::containsKey);
    }

    /** Adds a request that could not get a lock in time. */
    void add(R request) {
        queue.add(request);
        rows.apply(request).forEach(row -> touched.merge(row, 1, Integer::sum));
        sendNext();
    }

    private void sendNext() {
        if (inFlight.size() == MAX_IN_FLIGHT || queue.isEmpty()) {
            return;
        }
        R next = queue.stream()
                .filter(request -> inFlight.stream().allMatch(other -> disjoint(request, other)))
                .findFirst()
                .orElse(null);
        if (next == null) {
            return;
        }
        queue.remove(next);
        inFlight.add(next);
        attempt.accept(next, gotLocks -> ended(next, gotLocks));
        sendNext();
    }

    private void ended(R request, boolean gotLocks) {
        inFlight.remove(request);
        forget(request);
        if (gotLocks) {
            List<R> free =
                    queue.stream().filter(other -> !disjoint(request, other)).toList();
            queue.removeAll(free);
            free.forEach(this::forget);
            resume.accept(free);
        }
        sendNext();
    }

    private boolean disjoint(R one, R other) {
        return Collections.disjoint(rows.apply(one), rows.apply(other));
    }

    private void forget(R request) {
        rows.apply(request).forEach(row -> touched.computeIfPresent(row, (id, count) -> count == 1 ? null : count - 1));
    }
}
