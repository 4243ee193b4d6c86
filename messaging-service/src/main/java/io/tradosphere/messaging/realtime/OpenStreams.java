package io.tradosphere.messaging.realtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The open streams of this instance by person, and how many there may be. */
@ApplicationScoped
class OpenStreams {

    /** What a stream takes of the heap, with its share of the cache of tokens: docs/benchmarks.md. */
    private static final int STREAM_BYTES = 8 * 1024;

    private final ConcurrentMap<UUID, List<EventStream>> byPerson = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int most;
    private final int mostPerPerson;

    OpenStreams(
            MeterRegistry metrics,
            @ConfigProperty(name = "tradosphere.messaging.streams") Optional<Integer> most,
            @ConfigProperty(name = "tradosphere.messaging.streams-per-person") int mostPerPerson) {
        // Half of the heap: the rest is for everything else.
        this.most = most.orElse(
                (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / STREAM_BYTES));
        this.mostPerPerson = mostPerPerson;
        Gauge.builder("tradosphere.event.streams.open", size, AtomicInteger::get)
                .description("Open event streams of this instance")
                .register(metrics);
    }

    /**
     * Adds a stream.
     *
     * @throws Problem {@code too-many-streams} (429) when the person has too many, {@code busy} (503) when this instance has
     */
    void add(EventStream stream) {
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            throw ProblemKind.BUSY.because("This instance has as many event streams as it can keep. Try again later.");
        }
        try {
            byPerson.compute(stream.person(), (person, streams) -> {
                if (streams == null) {
                    return List.of(stream);
                }
                if (streams.size() >= mostPerPerson) {
                    throw ProblemKind.TOO_MANY_STREAMS.because(
                            "Close one of your " + mostPerPerson + " streams first.");
                }
                return Stream.concat(streams.stream(), Stream.of(stream)).toList();
            });
        } catch (Problem refused) {
            size.decrementAndGet();
            throw refused;
        }
    }

    /** Removes a stream. Once it is removed, this does nothing. */
    void remove(EventStream stream) {
        byPerson.computeIfPresent(stream.person(), (person, streams) -> {
            List<EventStream> others =
                    streams.stream().filter(other -> other != stream).toList();
            size.addAndGet(others.size() - streams.size());
            return others.isEmpty() ? null : others;
        });
    }

    /** How many streams are open. */
    int size() {
        return size.get();
    }

    /** The streams of a person. */
    List<EventStream> of(UUID person) {
        return byPerson.getOrDefault(person, List.of());
    }

    /** All streams. */
    Stream<EventStream> all() {
        return byPerson.values().stream().flatMap(List::stream);
    }
}
