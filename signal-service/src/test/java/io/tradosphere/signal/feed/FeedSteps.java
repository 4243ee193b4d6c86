package io.tradosphere.signal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.signal.replica.SocialEvents;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Steps shared by the tests of feeds. */
final class FeedSteps {

    private static final Duration SOON = Duration.ofSeconds(30);

    private FeedSteps() {}

    /** The signals on the first page of a feed; filters are alternating names and values. */
    static List<UUID> feed(TestUser reader, String... filters) {
        return ids(page(reader, filters));
    }

    /** The signals on all pages of a feed; {@code meanwhile} runs between pages. */
    static List<UUID> pagedFeed(TestUser reader, int limit, Runnable meanwhile) {
        List<UUID> seen = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonPath page = page(reader, "limit", Integer.toString(limit), "cursor", cursor);
            seen.addAll(ids(page));
            cursor = page.getString("nextCursor");
            meanwhile.run();
        }
        return seen;
    }

    /** The signals of a reader's timeline, in no order. */
    static List<UUID> timeline(TestUser reader) {
        return Sql.asSuperuser().column("SELECT signal_id FROM timeline WHERE reader_id = ?", reader.id()).stream()
                .map(UUID.class::cast)
                .toList();
    }

    /** Waits until the creator's follows are backfilled. */
    static void awaitBackfilled(TestUser creator) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT backfilled FROM creators WHERE id = ?", creator.id())
                        .equals(List.of(true)));
    }

    /**
     * Waits until all posted signals are fanned out, by a last signal in each partition whose creator has a follower.
     */
    static void awaitFannedOut() {
        PublishedEvents.awaitEmptyOutbox();
        List<TestUser[]> pairs = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            TestUser[] pair = {SignalSteps.creator(), SignalSteps.creator()};
            SocialEvents.publish(SocialEvents.followed(pair[1], pair[0]), SocialEvents.next());
            pairs.add(pair);
        }
        for (TestUser[] pair : pairs) {
            SocialEvents.awaitFollowing(pair[1], pair[0], true);
            awaitBackfilled(pair[0]);
            SignalSteps.posted(pair[0], SignalSteps.signalFields(SignalSteps.freshSymbol()));
        }
        for (TestUser[] pair : pairs) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(timeline(pair[1])).hasSize(1));
        }
    }

    /** Inserts signals of a creator, one an hour, the last of them an hour ago. */
    static void postedLongAgo(TestUser creator, int count) {
        Sql.asSuperuser().execute("""
                INSERT INTO signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale, posted_at)
                SELECT ?, 1, 'OLD/USD', 'crypto', 'LONG', 'because', now() - n * interval '1 hour' FROM generate_series(1, ?) AS n
                """, creator.id(), count);
    }

    /** The signals of these creators, newest first. */
    static List<UUID> signalsOf(TestUser one, TestUser other) {
        return Sql.asSuperuser()
                .column(
                        "SELECT id FROM signals WHERE creator_id IN (?, ?) ORDER BY posted_at DESC, id DESC",
                        one.id(),
                        other.id())
                .stream()
                .map(UUID.class::cast)
                .toList();
    }

    private static JsonPath page(TestUser reader, String... query) {
        var request = reader.asking();
        for (int i = 0; i < query.length; i += 2) {
            request = request.queryParam(query[i], query[i + 1]);
        }
        return request.get("/v1/feed").then().statusCode(200).extract().jsonPath();
    }

    private static List<UUID> ids(JsonPath page) {
        return page.<String>getList("items.id").stream().map(UUID::fromString).toList();
    }
}
