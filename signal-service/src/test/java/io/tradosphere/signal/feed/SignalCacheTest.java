package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.commented;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.replica.SocialEvents.follows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A feed shows the present state of cached signals. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class SignalCacheTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    SignalCache known;

    private TestUser creator;
    private TestUser reader;
    private UUID signal;

    @BeforeEach
    void a_signal_that_the_reader_has_seen() {
        creator = creator();
        reader = creator();
        signal = posted(creator, signalFields(freshSymbol()));
        follows(reader, creator);
        shown().body("items[0].rationale", equalTo("because"));
    }

    @Test
    void an_edit_is_seen_at_once_and_so_is_the_next() {
        for (String rationale : List.of("a breakout", "a retest")) {
            creator.asking()
                    .body(Map.of("rationale", rationale))
                    .patch("/v1/signals/{id}", signal)
                    .then()
                    .statusCode(200);

            String updatedAt = creator.asking().get("/v1/signals/{id}", signal).path("updatedAt");
            shown().body("items[0].rationale", equalTo(rationale)).body("items[0].updatedAt", equalTo(updatedAt));
        }
    }

    @Test
    void an_outcome_is_seen_at_once() {
        asksToResolve(creator, signal, "hit", "110.5").then().statusCode(200);

        shown().body("items[0].status", equalTo("hit"))
                .body("items[0].outcomePrice", equalTo("110.5"))
                .body("items[0].outcomeSource", equalTo("creator"));
        assertThat(feed(reader, "status", "active")).isEmpty();
        assertThat(feed(reader, "status", "hit")).containsExactly(signal);
    }

    @Test
    void counters_are_current() {
        reader.asking()
                .body(Map.of("type", "rocket"))
                .put("/v1/signals/{id}/reaction", signal)
                .then()
                .statusCode(204);
        commented(reader, signal);

        await().atMost(SOON)
                .untilAsserted(() -> shown().body("items[0].likeCount", equalTo(1))
                        .body("items[0].commentCount", equalTo(1))
                        .body("items[0].viewCount", equalTo(0)));
    }

    @Test
    void the_creator_has_their_present_name() {
        shown().body("items[0].creator.displayName", nullValue());

        Sql.asSuperuser().execute("UPDATE profiles SET display_name = 'Ada', sequence = 2 WHERE id = ?", creator.id());

        shown().body("items[0].creator.displayName", equalTo("Ada"));
    }

    @Test
    void a_deleted_signal_is_no_longer_shown() {
        UUID stays = posted(creator, signalFields(freshSymbol()));
        assertThat(feed(reader)).containsExactly(stays, signal);

        creator.asking().delete("/v1/signals/{id}", signal).then().statusCode(204);

        assertThat(feed(reader)).containsExactly(stays);
    }

    @Test
    void a_signal_deleted_while_the_feed_is_read_is_left_out() {
        Caller caller = new Caller(reader.id(), false, null);
        FeedEntry gone = new FeedEntry(UUID.randomUUID(), Instant.now(), 1, true, 1, 0, 0, 0);

        assertThat(known.read(caller, List.of(gone)).await().atMost(SOON)).isEmpty();
    }

    private ValidatableResponse shown() {
        return reader.asking().get("/v1/feed").then().statusCode(200);
    }
}
