package io.tradosphere.billing.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.EventListParams;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Stripe's list of events, which goes back 30 days. What no webhook has told is read from it. */
@ApplicationScoped
class EventList {

    /** An event may appear in the list a little after its time. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final long PAGE = 100;

    /** Stripe takes no more types in one call. */
    private static final int MOST_TYPES = 20;

    private static final String READ_UNTIL = "SELECT read_until FROM stripe_event_list";
    private static final String STORE_READ_UNTIL = """
            INSERT INTO stripe_event_list AS l (read_until) VALUES ($1)
            ON CONFLICT (only_row) DO UPDATE SET read_until = greatest(l.read_until, EXCLUDED.read_until)
            """;

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final StripeNotices notices;
    private final ObjectMapper json;

    EventList(SliceDatabase slice, Stripe stripe, StripeNotices notices, ObjectMapper json) {
        this.slice = slice;
        this.stripe = stripe;
        this.notices = notices;
        this.json = json;
    }

    /**
     * Stores the events since the last one that is known. Each requests a fetch of its object.
     *
     * @param onPage is called after each page
     */
    Uni<Void> readNew(Runnable onPage) {
        return slice.asWorker(READ_UNTIL)
                .map(rows -> Rows.first(rows, row -> Rows.instant(row, "read_until")))
                .chain(known -> {
                    AtomicReference<Instant> newest = new AtomicReference<>();
                    return Multi.createFrom()
                            .iterable(typesAtOnce())
                            .onItem()
                            .transformToUniAndConcatenate(types ->
                                    read(new Pages(types, known.map(until -> until.minus(OVERLAP)), newest), onPage))
                            .collect()
                            .asList()
                            .chain(() -> newest.get() == null
                                    ? Uni.createFrom().voidItem()
                                    : slice.asWorker(
                                                    STORE_READ_UNTIL,
                                                    newest.get().atOffset(ZoneOffset.UTC))
                                            .replaceWithVoid());
                });
    }

    private static Uni<Boolean> read(Pages pages, Runnable onPage) {
        return Uni.createFrom()
                .deferred(pages::next)
                .invoke(onPage)
                .repeat()
                .whilst(more -> more)
                .collect()
                .last();
    }

    private List<List<String>> typesAtOnce() {
        List<String> all = notices.handled().stream().sorted().toList();
        return IntStream.iterate(0, from -> from < all.size(), from -> from + MOST_TYPES)
                .mapToObj(from -> all.subList(from, Math.min(from + MOST_TYPES, all.size())))
                .toList();
    }

    /** The pages of the list, newest events first. What is read is stored page by page; the place is stored at the end. */
    private final class Pages {

        private final List<String> types;
        private final Optional<Instant> since;
        private final AtomicReference<Instant> newest;
        private final AtomicReference<String> lastId = new AtomicReference<>();

        Pages(List<String> types, Optional<Instant> since, AtomicReference<Instant> newest) {
            this.types = types;
            this.since = since;
            this.newest = newest;
        }

        Uni<Boolean> next() {
            EventListParams.Builder page =
                    EventListParams.builder().setLimit(PAGE).addAllType(types);
            since.ifPresent(time -> page.setCreated(EventListParams.Created.builder()
                    .setGte(time.getEpochSecond())
                    .build()));
            Optional.ofNullable(lastId.get()).ifPresent(page::setStartingAfter);
            return stripe.call("events", api -> api.events().list(page.build())).chain(this::store);
        }

        private Uni<Boolean> store(StripeCollection<Event> page) {
            List<Event> events = page.getData();
            if (events.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            lastId.set(events.get(events.size() - 1).getId());
            Instant latest = events.stream()
                    .map(event -> Instant.ofEpochSecond(event.getCreated()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            newest.accumulateAndGet(latest, (known, found) -> known == null || found.isAfter(known) ? found : known);
            return Multi.createFrom()
                    .iterable(events)
                    .onItem()
                    .transformToUniAndConcatenate(event -> StripeNotice.read(json, event.toJson())
                            .map(notices::store)
                            .orElseGet(() -> Uni.createFrom().voidItem()))
                    .collect()
                    .asList()
                    .replaceWith(Boolean.TRUE.equals(page.getHasMore()));
        }
    }
}
