package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.feed.FeedSteps.awaitBackfilled;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.pagedFeed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.replica.SocialEvents.follows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.stack.Slice.Role;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Concurrent feed requests share a read; each caller still gets their own feed. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FeedsAtOnceTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOBODY_READS = "LOCK TABLE timeline IN ACCESS EXCLUSIVE MODE";

    private TestUser creator;
    private UUID hit;
    private UUID active;

    @BeforeEach
    void a_creator_with_signals() {
        creator = creator();
        hit = posted(creator, signalFields(freshSymbol()));
        asksToResolve(creator, hit, "hit", "110").then().statusCode(200);
        active = posted(creator, signalFields(freshSymbol()));
    }

    @Test
    void each_caller_gets_the_feed_they_requested() throws SQLException {
        List<TestUser> readers = Stream.generate(() -> creator()).limit(16).toList();
        List<UUID> own = new ArrayList<>();
        for (TestUser reader : readers) {
            TestUser other = creator();
            own.add(posted(other, signalFields(freshSymbol())));
            follows(reader, other);
            follows(reader, creator);
        }
        TestUser followsNobody = creator();
        TestUser stranger = TestUser.stranger();
        List<Callable<Object>> calls = new ArrayList<>();
        for (TestUser reader : readers) {
            calls.add(() -> feed(reader));
            calls.add(() -> feed(reader, "status", "hit"));
            calls.add(() -> pagedFeed(reader, 1, () -> {}));
        }
        calls.add(() -> feed(followsNobody));
        calls.add(() -> stranger.asking().get("/v1/feed").statusCode());

        List<Object> seen = Concurrently.runBehind(NOBODY_READS, calls);

        for (int i = 0; i < readers.size(); i++) {
            List<UUID> all = List.of(own.get(i), active, hit);
            assertThat(seen.subList(3 * i, 3 * i + 3)).containsExactly(all, List.of(hit), all);
        }
        assertThat(seen.subList(3 * readers.size(), calls.size())).containsExactly(List.of(), 403);
    }

    @Test
    void row_security_shows_only_the_timelines_of_the_callers() {
        TestUser asks = creator();
        TestUser asksToo = creator();
        TestUser other = creator();
        for (TestUser reader : List.of(asks, asksToo, other)) {
            follows(reader, creator);
        }
        awaitBackfilled(creator);
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(other)).contains(active));

        assertThat(readersSeenBy(Sql.as(Role.APP).claimingAll(asks, asksToo)))
                .containsExactlyInAnyOrder(asks.id(), asksToo.id());
        assertThat(readersSeenBy(Sql.as(Role.APP).claiming(asks.id()))).containsExactly(asks.id());
        assertThat(readersSeenBy(Sql.as(Role.APP).claimingAll())).isEmpty();
        assertThat(readersSeenBy(Sql.as(Role.APP))).isEmpty();
    }

    private static List<Object> readersSeenBy(Sql somebody) {
        return somebody.column("SELECT DISTINCT reader_id FROM timeline");
    }
}
