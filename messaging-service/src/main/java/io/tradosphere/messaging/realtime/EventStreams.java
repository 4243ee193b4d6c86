package io.tradosphere.messaging.realtime;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.http.Problem;
import io.tradosphere.messaging.realtime.MissedEvents.End;
import io.tradosphere.messaging.realtime.MissedEvents.Missed;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The open streams of this instance. Whoever is woken is due, and one read at a time serves all that are. As a scheduled
 * job it sends heartbeats, ends streams, and looks now and then for changes of which Kafka brought no word.
 */
@ApplicationScoped
class EventStreams implements ScheduledJob {

    private static final Logger LOG = Logger.getLogger(EventStreams.class);

    private static final int MAX_STREAMS_A_READ = 500;
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Streams that were opened together are sent heartbeats in so many runs of the job. Events would wait for a burst. */
    private static final int RUNS_FOR_ALL = 10;

    private static final int MIN_HEARTBEATS_A_RUN = 50;
    private static final Duration STALLED = Duration.ofSeconds(30);

    /** A stop closes the streams in this many waves, so that not all clients come back at once. */
    private static final int WAVES = 20;

    private static final Duration BETWEEN_WAVES = Duration.ofMillis(100);

    private final OpenStreams open;
    private final Set<EventStream> due = ConcurrentHashMap.newKeySet();

    /** Streams to look at when no others are due. */
    private final Set<EventStream> unheard = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean reading = new AtomicBoolean();

    /** Whether this instance stops: it takes no more streams. */
    private volatile boolean stopping;

    /** Whether all streams are closed for good: nothing reads any more, since the connections of the database close next. */
    private volatile boolean stopped;

    private final MissedEvents missed;

    EventStreams(MissedEvents missed, OpenStreams open) {
        this.missed = missed;
        this.open = open;
    }

    /**
     * Admits a stream. It is known from then on: a change wakes it.
     *
     * @return where the person's changes end; then the stream can {@link #begin}
     * @throws Problem {@code profile-required} (403), {@code too-many-streams} (429), {@code service-unavailable} (503)
     *     when this instance stops, {@code busy} (503) when it has as many streams as it can keep
     */
    Uni<End> admit(EventStream stream) {
        if (stopping) {
            throw EventStream.stopping();
        }
        open.add(stream);
        wake(stream);
        return UniHelper.toUni(stream.opened())
                .invoke(end -> {
                    if (end.isGone()) {
                        throw Refusals.noProfile();
                    }
                })
                .onFailure()
                .invoke(() -> forget(stream));
    }

    /**
     * Begins an admitted stream. The client gets what it has missed, or {@code gap} when that cannot be had any more.
     *
     * @param lastEventId the number that the client has seen last; null when it has seen none
     * @return completes when the connection has taken the first event, or has failed
     */
    Future<Void> begin(EventStream stream, End end, Long lastEventId) {
        boolean isKnown = lastEventId == null || lastEventId <= end.lastChange() && lastEventId >= end.forgottenUntil();
        long from = lastEventId == null || !isKnown ? end.lastChange() : lastEventId;
        return stream.begin(isKnown ? "ready" : "gap", from)
                .onComplete(
                        taken -> {
                            if (stream.release() || from < end.lastChange()) {
                                wake(stream);
                            }
                        },
                        failure -> close(stream));
    }

    /** Has the streams of these people read what is new. */
    void wake(Iterable<UUID> people) {
        people.forEach(person -> due.addAll(open.of(person)));
        read();
    }

    private void wake(EventStream stream) {
        due.add(stream);
        read();
    }

    private void read() {
        if (stopped || due.isEmpty() && unheard.isEmpty() || !reading.compareAndSet(false, true)) {
            return;
        }
        List<EventStream> batch = takeDue();
        if (batch.isEmpty()) {
            readOn();
            return;
        }
        missed.read(batch).subscribe().with(found -> deliver(batch, found), failure -> {
            if (!stopped) {
                LOG.warnf("Streams cannot read what is new: %s", failure.getMessage());
            }
            batch.forEach(stream -> {
                if (stream.isOpening()) {
                    stream.refuse(failure);
                } else {
                    stream.release();
                }
            });
            // The job wakes them again.
            reading.set(false);
        });
    }

    private void readOn() {
        reading.set(false);
        read();
    }

    private List<EventStream> takeDue() {
        List<EventStream> batch = new ArrayList<>();
        take(due, batch);
        take(unheard, batch);
        return batch;
    }

    private static void take(Set<EventStream> from, List<EventStream> batch) {
        Iterator<EventStream> streams = from.iterator();
        while (streams.hasNext() && batch.size() < MAX_STREAMS_A_READ) {
            EventStream stream = streams.next();
            streams.remove();
            if (stream.take()) {
                batch.add(stream);
            }
        }
    }

    private void deliver(List<EventStream> batch, List<Missed> found) {
        IntStream.range(0, batch.size()).forEach(i -> {
            try {
                deliver(batch.get(i), found.get(i));
            } catch (RuntimeException defect) {
                // One stream's failure must not stop the others.
                LOG.errorf(defect, "A stream is closed");
                close(batch.get(i));
            }
        });
        readOn();
    }

    private void deliver(EventStream stream, Missed news) {
        if (stream.isOpening()) {
            stream.opened(news.end());
            return;
        }
        if (news.end().isGone() || stream.isOver()) {
            close(stream);
            return;
        }
        stream.send(news.events(), news.until())
                .onComplete(
                        taken -> {
                            if (stream.release() || news.hasMore()) {
                                wake(stream);
                            }
                        },
                        failure -> close(stream));
    }

    /** Closes a stream and forgets it. */
    void close(EventStream stream) {
        forget(stream);
        stream.close();
    }

    /** Forgets a stream whose connection is closed. */
    void forget(EventStream stream) {
        due.remove(stream);
        unheard.remove(stream);
        open.remove(stream);
    }

    @Override
    public String name() {
        return "event streams";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Uni<Void> run() {
        return Uni.createFrom().voidItem().invoke(() -> {
            open.all()
                    .filter(stream -> stream.isOver() || stream.isStalled(STALLED))
                    .forEach(this::close);
            open.all()
                    .filter(stream -> stream.isQuiet(HEARTBEAT))
                    .limit(open.size() / RUNS_FOR_ALL + MIN_HEARTBEATS_A_RUN)
                    .filter(EventStream::take)
                    .forEach(this::sendHeartbeat);
            // After a failed read nothing else may do so.
            read();
        });
    }

    /** Then the stream reads as well: what Kafka brought no word of is found there. */
    private void sendHeartbeat(EventStream stream) {
        stream.heartbeat()
                .onComplete(
                        taken -> {
                            stream.release();
                            unheard.add(stream);
                            read();
                        },
                        failure -> close(stream));
    }

    /** Before a shutdown waits for the requests in progress: streams do not end by themselves, and are such requests. */
    void drain(@Observes ShutdownDelayInitiatedEvent shutdown) {
        closeAll().subscribe().with(closed -> {}, failure -> LOG.warnf("Streams end with the stop: %s", failure));
    }

    @Override
    public Uni<Void> beforeStop() {
        return closeAll();
    }

    /** Closes all streams in waves; the clients resume at another instance. */
    private Uni<Void> closeAll() {
        stopping = true;
        List<EventStream> closing = open.all().toList();
        int wave = closing.size() / WAVES + 1;
        Uni<Void> closed = Uni.createFrom().voidItem();
        for (int from = 0; from < closing.size(); from += wave) {
            List<EventStream> next = closing.subList(from, Math.min(from + wave, closing.size()));
            closed = closed.invoke(() -> next.forEach(this::close))
                    .onItem()
                    .delayIt()
                    .by(BETWEEN_WAVES);
        }
        return closed.invoke(() -> {
            stopped = true;
            // What was admitted just before the stop.
            open.all().toList().forEach(this::close);
        });
    }
}
