package io.tradosphere.signal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.tradosphere.signal.SignalSteps;
import io.tradosphere.signal.graph.Social;
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What tests of feeds have in common. */
final class FeedSteps {

    private static final Duration SOON = Duration.ofSeconds(30);

    private FeedSteps() {}

    /** The signals on the first page of somebody's feed; filters are names and values by turns. */
    static List<UUID> feed(Person reader, String... filters) {
        return ids(page(reader, filters));
    }

    /** Every page of somebody's feed, and what happens between one and the next. */
    static List<UUID> pagedFeed(Person reader, int limit, Runnable meanwhile) {
        List<UUID> seen = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonPath page = page(reader, "limit", Integer.toString(limit), "cursor", cursor);
            seen.addAll(ids(page));
            cursor = page.getString("nextCursor");
            meanwhile.run();
        }
        return seen;
    }

    /** What somebody's timeline holds, in no order. */
    static List<UUID> timeline(Person reader) {
        return Sql.asSuperuser().column("SELECT signal_id FROM timeline WHERE reader_id = ?", reader.id()).stream()
                .map(UUID.class::cast)
                .toList();
    }

    /** Waits until nothing is left to do about the creator's follows. */
    static void awaitSettled(Person creator) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT settled FROM creators WHERE id = ?", creator.id())
                        .equals(List.of(true)));
    }

    /** Waits until whatever has been posted is fanned out: each partition's last signal is somebody's who has a follower. */
    static void awaitFannedOut() {
        Told.awaitEmptyOutbox();
        List<Person[]> pairs = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Person[] pair = {SignalSteps.creator(), SignalSteps.creator()};
            Social.tell(Social.followed(pair[1], pair[0]), Social.next());
            pairs.add(pair);
        }
        for (Person[] pair : pairs) {
            Social.awaitFollowing(pair[1], pair[0], true);
            awaitSettled(pair[0]);
            SignalSteps.posted(pair[0], SignalSteps.call(SignalSteps.freshSymbol()));
        }
        for (Person[] pair : pairs) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(timeline(pair[1])).hasSize(1));
        }
    }

    /** Has somebody post so many signals, one an hour, the last of them an hour ago. */
    static void postedLongAgo(Person creator, int count) {
        Sql.asSuperuser().execute("""
                INSERT INTO signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale, posted_at)
                SELECT ?, 1, 'OLD/USD', 'crypto', 'LONG', 'because', now() - n * interval '1 hour' FROM generate_series(1, ?) AS n
                """, creator.id(), count);
    }

    /** What these have posted, newest first. */
    static List<UUID> signalsOf(Person one, Person other) {
        return Sql.asSuperuser()
                .column(
                        "SELECT id FROM signals WHERE creator_id IN (?, ?) ORDER BY posted_at DESC, id DESC",
                        one.id(),
                        other.id())
                .stream()
                .map(UUID.class::cast)
                .toList();
    }

    private static JsonPath page(Person reader, String... query) {
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
