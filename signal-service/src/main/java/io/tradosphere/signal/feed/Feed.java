package io.tradosphere.signal.feed;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Grouped;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Refusals;
import io.tradosphere.platform.people.SecondOpinion;
import io.tradosphere.signal.view.NewestFirst;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a person's feed shows. */
@ApplicationScoped
class Feed {

    /**
     * Pages of the feeds of some people, or of one. First what the timeline has, then what is to be merged down to where that ends. A
     * page is one index range of the timeline and one of signals for each follow whose moment the page reaches, whether the reader
     * follows 50 or 2,000. Lateral with LIMIT 1 rather than plain joins: the planner would guess that next to nothing of the timeline
     * passes them, and sort all of it.
     */
    private static final String FEED = """
            SELECT asked.position, page.* FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[])
              WITH ORDINALITY AS asked (reader_id, posted_before, id_before, status, position)
            CROSS JOIN LATERAL (
              WITH shown AS MATERIALIZED (
                SELECT there.* FROM timeline t
                CROSS JOIN LATERAL (SELECT FROM follows f WHERE f.follower_id = asked.reader_id AND f.following_id = t.creator_id
                  AND f.is_following AND f.merged_until < t.posted_at LIMIT 1) AS fanned_out
                CROSS JOIN LATERAL (SELECT :entry FROM signals s
                  WHERE s.id = t.signal_id AND (asked.status IS NULL OR s.status = asked.status) LIMIT 1) AS there
                WHERE t.reader_id = asked.reader_id AND (t.posted_at, t.signal_id) < (asked.posted_before, asked.id_before)
                ORDER BY t.posted_at DESC, t.signal_id DESC LIMIT :rows
              ), reach AS MATERIALIZED (
                SELECT CASE WHEN count(*) < :rows THEN '-infinity' ELSE min(posted_at) END AS down_to FROM shown
              ), merged AS (
                SELECT latest.* FROM follows f CROSS JOIN LATERAL (
                  SELECT :entry FROM signals s
                  WHERE s.creator_id = f.following_id AND s.posted_at <= f.merged_until
                    AND s.posted_at >= (SELECT down_to FROM reach)
                    AND (s.posted_at, s.id) < (asked.posted_before, asked.id_before)
                    AND (asked.status IS NULL OR s.status = asked.status)
                  ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows
                ) AS latest
                WHERE f.follower_id = asked.reader_id AND f.is_following AND f.merged_until > '-infinity'
                  AND f.merged_until >= (SELECT down_to FROM reach)
              ), page AS (
                SELECT * FROM shown UNION ALL SELECT * FROM merged ORDER BY posted_at DESC, id DESC LIMIT :rows
              )
              SELECT s.*, :creator FROM page s JOIN profiles p ON p.id = s.creator_id
            ) AS page
            ORDER BY asked.position, page.posted_at DESC, page.id DESC
            """.replace(":entry", FeedEntry.COLUMNS).replace(":creator", FeedEntry.CREATOR);

    private static final String KNOWN = "SELECT FROM profiles WHERE id = $1";

    private final Slice slice;
    private final Map<Kind, Grouped<Asked, List<Row>>> pages = new ConcurrentHashMap<>();

    private final KnownSignals known;
    private final SecondOpinion opinion;

    Feed(Slice slice, KnownSignals known, SecondOpinion opinion) {
        this.slice = slice;
        this.known = known;
        this.opinion = opinion;
    }

    /**
     * Signals of whom the caller follows, newest first.
     *
     * @param status only these; null for all
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Page<SignalView>> read(Caller caller, String status, PageRequest page) {
        return pages.computeIfAbsent(
                        new Kind(page.rows(), status != null),
                        kind -> slice.groupedRead(NewestFirst.sized(FEED, page), Asked::columns))
                .ask(new Asked(caller, NewestFirst.of(page), status))
                .map(rows -> page.page(
                        rows.stream().map(FeedEntry::of).toList(),
                        last -> NewestFirst.after(last.postedAt(), last.id())))
                .call(entries -> requireProfileWhenEmpty(caller, entries.items()))
                .chain(entries -> known.read(entries.items())
                        .map(signals -> new Page<>(shown(entries.items(), signals, status), entries.nextCursor())));
    }

    /** A signal that was deleted or resolved since the entries were read is in the feed no more. */
    private static List<SignalView> shown(List<FeedEntry> entries, Map<UUID, SignalView> signals, String status) {
        return entries.stream()
                .filter(entry -> signals.containsKey(entry.id()))
                .map(entry -> entry.shown(signals.get(entry.id())))
                .filter(signal -> status == null || status.equals(signal.status()))
                .toList();
    }

    /** Whoever follows somebody has a profile; only an empty feed leaves the question. */
    private Uni<Void> requireProfileWhenEmpty(Caller caller, List<?> found) {
        if (!found.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return opinion.on(
                () -> slice.publicRead(KNOWN, caller.id())
                        .invoke(rows -> {
                            if (rows.size() == 0) {
                                throw Refusals.noProfile();
                            }
                        })
                        .replaceWithVoid(),
                caller.id());
    }

    /**
     * What is read together.
     *
     * @param rows how many of each feed, which stands in the text of the statement
     * @param filtered whether a rare status may have to be looked for far down; nobody else is to wait for that
     */
    private record Kind(int rows, boolean filtered) {}

    /**
     * What somebody wants to see of their feed.
     *
     * @param status only signals of this one; null for all
     */
    private record Asked(Caller caller, NewestFirst from, String status) implements Grouped.Asked {

        static Object[] columns(List<Asked> asked) {
            return new Object[] {
                column(asked, one -> one.caller().id(), UUID[]::new),
                column(asked, one -> one.from().postedBefore(), OffsetDateTime[]::new),
                column(asked, one -> one.from().idBefore(), UUID[]::new),
                column(asked, Asked::status, String[]::new)
            };
        }
    }
}
