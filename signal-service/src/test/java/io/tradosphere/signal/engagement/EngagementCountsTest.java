package io.tradosphere.signal.engagement;

import static io.tradosphere.signal.SignalSteps.commented;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.engagement.EngagementSteps.SOON;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToTakeBack;
import static io.tradosphere.signal.engagement.EngagementSteps.awaitCounts;
import static io.tradosphere.signal.engagement.EngagementSteps.reacts;
import static io.tradosphere.signal.engagement.EngagementSteps.views;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class EngagementCountsTest {

    @Test
    void the_topic_replayed_from_its_beginning_changes_nothing() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        TestUser fan = known(Tier.FREE);
        reacts(fan, signal, "like");
        reacts(fan, signal, "fire");
        reacts(known(Tier.FREE), signal, "like");
        asksToTakeBack(fan, signal).then().statusCode(204);
        commented(fan, signal);
        views(signal);
        awaitCounts(signal, 1, 1, 1);

        List<ConsumerRecord<String, byte[]>> all = TopicReader.records(Topic.ENGAGEMENT.topicName(), signal.toString());
        all.forEach(EngagementCountsTest::sendAgain);
        all.forEach(EngagementCountsTest::sendAgain);

        // One more comes after them in their partition: once it counts, they have been read.
        reacts(known(Tier.FREE), signal, "like");
        awaitCounts(signal, 2, 1, 1);
    }

    @Test
    void an_event_of_a_deleted_signal_does_nothing_and_blocks_no_other() {
        TestUser creator = creator();
        UUID gone = posted(creator, signalFields(freshSymbol()));
        reacts(known(Tier.FREE), gone, "like");
        creator.asking().delete("/v1/signals/{id}", gone).then().statusCode(204);
        PublishedEvents.awaitEmptyOutbox();

        UUID eventId = UUID.randomUUID();
        TopicReader.publish(
                new SignalReacted(gone, creator.id(), 1, UUID.randomUUID(), 1, Reaction.LIKE, null, Instant.now()),
                eventId,
                1);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM inbox WHERE event_id = ? AND consumer_group = 'signal-service.engagement-counts'",
                                        eventId))
                        .isEqualTo(1));
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM signals WHERE id = ?", gone))
                .isZero();
    }

    @Test
    void counting_changes_what_is_shown_and_makes_no_edit_stale() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        String etag = TestUser.nobody().get("/v1/signals/{id}", signal).header("ETag");
        String updatedAt = TestUser.nobody().get("/v1/signals/{id}", signal).path("updatedAt");

        reacts(known(Tier.FREE), signal, "like");
        awaitCounts(signal, 1, 0, 0);

        TestUser.nobody()
                .header("If-None-Match", etag)
                .get("/v1/signals/{id}", signal)
                .then()
                .statusCode(200)
                .body("likeCount", equalTo(1));
        creator.asking()
                .header("If-Match", etag)
                .body("{\"rationale\":\"because\"}")
                .patch("/v1/signals/{id}", signal)
                .then()
                .statusCode(200);
        assertThat(TestUser.nobody().get("/v1/signals/{id}", signal).<String>path("updatedAt"))
                .isEqualTo(updatedAt);
    }

    @Test
    void no_index_holds_a_counter_and_no_trigger_watches_one_so_that_counting_stays_cheap() {
        assertThat(Sql.asSuperuser().column("""
                        SELECT i.indexrelid::regclass::text FROM pg_index i
                        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                        WHERE i.indrelid = 'signals'::regclass AND a.attname IN ('like_count', 'comment_count', 'view_count')
                        """)).isEmpty();
        assertThat(Sql.asSuperuser().column("""
                        SELECT t.tgname FROM pg_trigger t
                        WHERE t.tgrelid = 'signals'::regclass AND NOT t.tgisinternal AND t.tgtype & 16 = 16
                          AND (t.tgattr::text = '' OR EXISTS (
                            SELECT FROM pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr)
                              AND a.attname IN ('like_count', 'comment_count', 'view_count')))
                        """)).isEmpty();
    }

    @Test
    void an_erased_person_is_no_longer_counted() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        TestUser fan = KnownProfiles.of(Tier.FREE);
        reacts(fan, signal, "rocket");
        reacts(known(Tier.FREE), signal, "rocket");
        commented(fan, signal);
        awaitCounts(signal, 2, 1, 0);

        KnownProfiles.erase(fan, KnownProfiles.incarnation(fan));

        awaitCounts(signal, 1, 0, 0);
        TestUser.nobody().get("/v1/signals/{id}/reactions", signal).then().body("rocket", equalTo(1));
    }

    private static void sendAgain(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        TopicReader.send(record.topic(), record.key(), record.value(), headers);
    }
}
