package io.tradosphere.messaging.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.messaging.realtime.MissedEvents.End;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An open event stream of one client. It keeps no events: the next ones are read when the client has taken the ones
 * before. So a slow reader costs no memory.
 */
final class EventStream {

    private static final long RECONNECT_MILLIS = 2_000;

    /** The position before the stream begins: nothing is missed. */
    private static final long NOWHERE = Long.MAX_VALUE;

    private final UUID person;
    private final Instant endsAt;
    private final HttpServerResponse response;
    private final ObjectMapper json;

    private final Promise<End> opened = Promise.promise();

    private volatile long position = NOWHERE;
    private long changedAt = System.nanoTime();
    private boolean busy;
    private boolean wokenMeanwhile;

    /**
     * Makes a stream that has not begun.
     *
     * @param endsAt when the token expires that it was opened with
     */
    EventStream(UUID person, Instant endsAt, HttpServerResponse response, ObjectMapper json) {
        this.person = person;
        this.endsAt = endsAt;
        this.response = response;
        this.json = json;
    }

    /** Completes when it is known where the person's changes end. The stream is then taken, and can begin. */
    Future<End> opened() {
        return opened.future();
    }

    /** Whether the stream waits for {@link #opened}. */
    boolean isOpening() {
        return !opened.future().isComplete();
    }

    void opened(End end) {
        opened.tryComplete(end);
    }

    /** The stream cannot be opened. */
    void refuse(Throwable reason) {
        opened.tryFail(reason);
    }

    UUID person() {
        return person;
    }

    /** The number up to which the client has been told everything. */
    long position() {
        return position;
    }

    /** Takes the stream for a read or a write; false when it is taken, and then {@link #release} says that it was woken. */
    synchronized boolean take() {
        if (busy) {
            wokenMeanwhile = true;
            return false;
        }
        busy = true;
        changedAt = System.nanoTime();
        return true;
    }

    /** Gives the stream back; returns whether it was woken meanwhile. */
    synchronized boolean release() {
        boolean woken = wokenMeanwhile;
        busy = false;
        wokenMeanwhile = false;
        changedAt = System.nanoTime();
        return woken;
    }

    /** Whether nothing was sent for a while. */
    synchronized boolean isQuiet(Duration since) {
        return !busy && position != NOWHERE && isUnchanged(since);
    }

    /** Whether the client has not taken what was sent for a while. */
    synchronized boolean isStalled(Duration since) {
        return busy && position != NOWHERE && isUnchanged(since);
    }

    private boolean isUnchanged(Duration since) {
        return System.nanoTime() - changedAt > since.toNanos();
    }

    boolean isOver() {
        return response.closed() || response.ended() || !endsAt.isAfter(Instant.now());
    }

    /**
     * Sends where the stream begins, so that the client can resume from there.
     *
     * @param name {@code ready}, or {@code gap} when what the client missed before cannot be had
     */
    Future<Void> begin(String name, long from) {
        position = from;
        return response.write("retry: " + RECONNECT_MILLIS + "\n" + text(new ChangeEvent(from, name, Map.of())));
    }

    /** Sends events; completes when the connection has taken them. */
    Future<Void> send(List<ChangeEvent> events, long until) {
        if (events.isEmpty()) {
            position = until;
            return Future.succeededFuture();
        }
        return response.write(events.stream().map(this::text).collect(Collectors.joining()))
                .onSuccess(taken -> position = until);
    }

    /** Sends a comment: it keeps proxies from closing the connection, and finds clients that are gone. */
    Future<Void> heartbeat() {
        return response.write(":\n\n");
    }

    /** Ends the response; the client resumes elsewhere or later. */
    void close() {
        if (isOpening()) {
            refuse(stopping());
        } else if (!response.ended() && !response.closed()) {
            response.end();
        }
    }

    /** Why an instance that stops takes no stream. */
    static Problem stopping() {
        return ProblemKind.SERVICE_UNAVAILABLE.because("This instance stops; open the stream again.");
    }

    private String text(ChangeEvent event) {
        try {
            return "id: " + event.number() + "\nevent: " + event.name() + "\ndata: "
                    + json.writeValueAsString(event.data()) + "\n\n";
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException(defect);
        }
    }
}
