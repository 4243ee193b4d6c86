package io.tradosphere.signal.feed;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.RequestBatcher;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.Refusals;
import io.tradosphere.signal.view.RowLimit;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Reads feeds: the signals of the creators that a profile follows. */
@ApplicationScoped
class Feed {

    private static final SqlFile SQL = SqlFile.of(Feed.class);

    /**
     * One page for each request of a batch. A page merges three sources: rows of the timeline, and signals down to the
     * oldest of those rows, of follows to be merged and of subscriptions that give access. It reads one index range of
     * the timeline, and one of signals for each such follow or subscription. Row-level security shows the batch what any
     * of its readers may read, so the first two sources take public signals alone, and the third asks for its reader.
     * The laterals have LIMIT 1 instead of being plain joins: the planner would underestimate their rows and sort the
     * whole timeline.
     */
    private static final String FEED =
            SQL.get("feed", Map.of("entry", FeedEntry.COLUMNS, "creator", FeedEntry.CREATOR));

    private static final String PROFILE_EXISTS = "SELECT FROM profiles WHERE id = $1";

    private final SliceDatabase slice;
    private final Map<BatchKey, RequestBatcher<FeedRequest, List<Row>>> pages = new ConcurrentHashMap<>();

    private final SignalCache cache;
    private final ProfileFreshness freshness;

    Feed(SliceDatabase slice, SignalCache cache, ProfileFreshness freshness) {
        this.slice = slice;
        this.cache = cache;
        this.freshness = freshness;
    }

    /**
     * Reads a page of the signals of creators whom the caller follows, and of those for subscribers to which the caller has
     * access, newest first.
     *
     * @param status only these; null for all
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Page<SignalView>> read(Caller caller, String status, PageRequest page) {
        return pages.computeIfAbsent(
                        new BatchKey(page.rows(), status != null),
                        key -> slice.batchedRead(RowLimit.in(FEED, page), FeedRequest::columns))
                .ask(new FeedRequest(caller, Keyset.newestFirst(page), status))
                .map(rows -> page.page(
                        rows.stream().map(FeedEntry::of).toList(), last -> Cursor.after(last.postedAt(), last.id())))
                .call(entries -> requireProfileWhenEmpty(caller, entries.items()))
                .chain(entries -> cache.read(caller, entries.items())
                        .map(signals -> new Page<>(views(entries.items(), signals, status), entries.nextCursor())));
    }

    /** Leaves out signals that were deleted, resolved or out of reach after the entries were read. */
    private static List<SignalView> views(List<FeedEntry> entries, Map<UUID, SignalView> signals, String status) {
        return entries.stream()
                .filter(entry -> signals.containsKey(entry.id()))
                .map(entry -> entry.withCounters(signals.get(entry.id())))
                .filter(signal -> status == null || status.equals(signal.status()))
                .toList();
    }

    /** A follower always has a profile, so only an empty feed needs the check. */
    private Uni<Void> requireProfileWhenEmpty(Caller caller, List<?> found) {
        if (!found.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return freshness.ensure(
                () -> slice.publicRead(PROFILE_EXISTS, caller.id())
                        .invoke(rows -> {
                            if (rows.size() == 0) {
                                throw Refusals.noProfile();
                            }
                        })
                        .replaceWithVoid(),
                caller.id());
    }

    /**
     * The key of a batch: requests with the same key are read by one statement.
     *
     * @param rows how many rows of each feed; part of the statement's text
     * @param filtered whether a status is filtered for; such reads may scan far down, so others do not wait for them
     */
    private record BatchKey(int rows, boolean filtered) {}

    /**
     * A request for a page of the caller's feed.
     *
     * @param status only signals of this status; null for all
     */
    private record FeedRequest(Caller caller, Keyset<OffsetDateTime> from, String status)
            implements RequestBatcher.Request {

        static Object[] columns(List<FeedRequest> requests) {
            return new Object[] {
                column(requests, one -> one.caller().id(), UUID[]::new),
                column(requests, one -> one.from().key(), OffsetDateTime[]::new),
                column(requests, one -> one.from().id(), UUID[]::new),
                column(requests, FeedRequest::status, String[]::new)
            };
        }
    }
}
