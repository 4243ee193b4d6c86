package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.feed.FeedSteps.awaitSettled;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.pagedFeed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.graph.Social.follows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.stack.Slice.Role;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feeds that are asked for while others are being read are read together; nobody is to notice. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FeedsAtOnceTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOBODY_READS = "LOCK TABLE timeline IN ACCESS EXCLUSIVE MODE";

    private Person creator;
    private UUID hit;
    private UUID active;

    @BeforeEach
    void somebody_who_has_posted() {
        creator = creator();
        hit = posted(creator, call(freshSymbol()));
        asksToResolve(creator, hit, "hit", "110").then().statusCode(200);
        active = posted(creator, call(freshSymbol()));
    }

    @Test
    void everybody_sees_their_own_feed_as_they_asked_for_it() throws SQLException {
        List<Person> readers = Stream.generate(() -> creator()).limit(16).toList();
        List<UUID> own = new ArrayList<>();
        for (Person reader : readers) {
            Person other = creator();
            own.add(posted(other, call(freshSymbol())));
            follows(reader, other);
            follows(reader, creator);
        }
        Person followsNobody = creator();
        Person stranger = Person.stranger();
        List<Callable<Object>> calls = new ArrayList<>();
        for (Person reader : readers) {
            calls.add(() -> feed(reader));
            calls.add(() -> feed(reader, "status", "hit"));
            calls.add(() -> pagedFeed(reader, 1, () -> {}));
        }
        calls.add(() -> feed(followsNobody));
        calls.add(() -> stranger.asking().get("/v1/feed").statusCode());

        List<Object> seen = AtOnce.runBehind(NOBODY_READS, calls);

        for (int i = 0; i < readers.size(); i++) {
            List<UUID> all = List.of(own.get(i), active, hit);
            assertThat(seen.subList(3 * i, 3 * i + 3)).containsExactly(all, List.of(hit), all);
        }
        assertThat(seen.subList(3 * readers.size(), calls.size())).containsExactly(List.of(), 403);
    }

    @Test
    void the_database_shows_the_timelines_of_those_who_asked_and_no_other() {
        Person asks = creator();
        Person asksToo = creator();
        Person other = creator();
        for (Person reader : List.of(asks, asksToo, other)) {
            follows(reader, creator);
        }
        awaitSettled(creator);
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
