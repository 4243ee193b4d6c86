package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.signal.SignalViewed;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Order(2)
class ExampleConsumersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final EventCodec CODEC = new EventCodec();
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @EnumSource
    void an_example_consumer_follows_the_suite_and_counts_once_what_arrives_again(ExampleConsumer.Language language) {
        // given people who follow each other, one of whom is erased, and a signal that was viewed
        Client star = Client.signalCreator();
        Client fan = Client.withProfile();
        Client leaver = Client.withProfile();
        String signal = star.postSignal("{}");
        IntStream.range(0, 3)
                .forEach(any -> Client.withProfile().request("POST", "/v1/signals/" + signal + "/views", null));
        fan.request("PUT", "/v1/follows/" + star.id(), null);
        leaver.request("PUT", "/v1/follows/" + star.id(), null);
        leaver.request("DELETE", "/v1/profiles/me", null);

        try (ExampleConsumer consumer = new ExampleConsumer(language, "")) {
            // when
            consumer.start();

            // then
            await().atMost(TIMEOUT).untilAsserted(() -> {
                assertThat(consumer.keys("profiles"))
                        .contains(star.id().toString(), fan.id().toString())
                        .doesNotContain(leaver.id().toString());
                assertThat(consumer.keys("erased")).contains(leaver.id().toString());
                assertThat(consumer.keys("follows"))
                        .contains(fan.id() + ":" + star.id())
                        .doesNotContain(leaver.id() + ":" + star.id());
                assertThat(viewsOf(consumer, signal)).isEqualTo(3);
            });

            // when all records arrive again, and one that ends a follow
            consumer.stop();
            Broker.rewind(consumer.group());
            fan.request("DELETE", "/v1/follows/" + star.id(), null);
            consumer.start();

            // then
            await().atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(consumer.keys("follows")).doesNotContain(fan.id() + ":" + star.id()));
            await().atMost(TIMEOUT).until(() -> Broker.lag(consumer.group(), topics("")) == 0);
            assertThat(viewsOf(consumer, signal)).isEqualTo(3);
            assertThat(consumer.keys("profiles")).doesNotContain(leaver.id().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_example_consumer_survives_late_repeated_and_unreadable_records(ExampleConsumer.Language language) {
        // given an installation with a prefix of its own for topics
        String prefix = "lab-" + language.name().toLowerCase(Locale.ROOT) + ".";
        topics(prefix).forEach(Broker::create);
        Lab lab = new Lab(prefix);
        UUID star = UUID.randomUUID();
        UUID fan = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        UUID back = UUID.randomUUID();
        UUID signal = UUID.randomUUID();

        // when an event is followed by its repetition, by an older one, and by one that a double cannot tell from it
        Event followed = new Followed(fan, 1, star, 1, NOW);
        lab.send(followed, 9_007_199_254_740_993L);
        lab.send(followed, 9_007_199_254_740_993L);
        lab.send(new Unfollowed(fan, 1, star, 1, NOW), 9_007_199_254_740_992L);
        // and a follow ends, with a tombstone
        lab.send(new Followed(other, 1, star, 1, NOW), 50);
        lab.send(new Unfollowed(other, 1, star, 1, NOW), 51);
        lab.sendTombstone(Topic.FOLLOWS, other + ":" + star, 52);
        // and an event that adds up is repeated
        UUID viewed = UUID.randomUUID();
        lab.send(new SignalViewed(signal, star, 1, 2, NOW), viewed, 1);
        lab.send(new SignalViewed(signal, star, 1, 2, NOW), viewed, 1);
        // and somebody is erased, comes back, and is followed by an event of before
        lab.send(created(star, "star", 1), 1);
        lab.send(created(back, "before", 5), 5);
        lab.send(new Erased(back, 5), 6);
        lab.send(created(back, "after", 6), 7);
        lab.send(new Followed(fan, 1, back, 5, NOW), 60);
        // and records that nobody can read, and one of a type of tomorrow
        Map<String, String> headers =
                Lab.envelope(followed, UUID.randomUUID(), 70).toHeaders();
        lab.send(Topic.FOLLOWS, "a:b", headers, "{\"followerId\":1}");
        Map<String, String> unnumbered = new HashMap<>(headers);
        unnumbered.put(Envelope.SEQUENCE, "many");
        lab.send(Topic.FOLLOWS, "a:b", unnumbered, "{}");
        Map<String, String> tomorrow = new HashMap<>(headers);
        tomorrow.put(Envelope.TYPE, "io.tradosphere.social.waved.v1");
        lab.send(Topic.FOLLOWS, "a:b", tomorrow, "{}");

        // then
        try (ExampleConsumer consumer = new ExampleConsumer(language, prefix)) {
            consumer.start();
            await().atMost(TIMEOUT).until(() -> Broker.lag(consumer.group(), topics(prefix)) == 0);
            assertThat(consumer.keys("follows")).containsExactly(fan + ":" + star);
            assertThat(consumer.keys("profiles")).containsExactlyInAnyOrder(star.toString(), back.toString());
            assertThat(consumer.state().at("/profiles/" + back + "/username").asText())
                    .isEqualTo("after");
            assertThat(viewsOf(consumer, signal.toString())).isEqualTo(2);
            assertThat(consumer.parked())
                    .extracting(letter -> letter.path("topic").asText())
                    .containsExactly(prefix + Topic.FOLLOWS.topicName(), prefix + Topic.FOLLOWS.topicName());
            assertThat(consumer.parked())
                    .extracting(letter -> letter.path("reason").asText())
                    .anyMatch(reason -> reason.contains("io.tradosphere.social.followed.v1"))
                    .anyMatch(reason -> reason.contains(Envelope.SEQUENCE));
        }
    }

    /** What the examples read. */
    private static List<String> topics(String prefix) {
        return Stream.of(Topic.ERASURES, Topic.PROFILES, Topic.FOLLOWS, Topic.ENGAGEMENT)
                .map(topic -> prefix + topic.topicName())
                .toList();
    }

    private static int viewsOf(ExampleConsumer consumer, String signal) {
        JsonNode views = consumer.state().path("views").path(signal);
        return views.path("count").asInt();
    }

    private static Event created(UUID id, String username, long incarnation) {
        return new ProfileCreated(new ProfileState(
                id, username, null, null, null, null, null, null, null, Tier.FREE, NOW, incarnation, NOW, null));
    }

    /** A publisher on the topics of a prefix. */
    private record Lab(String prefix) {

        static Envelope envelope(Event event, UUID id, long sequence) {
            return Envelope.of(event, id, "/tradosphere/lab-service", NOW, sequence, null);
        }

        void send(Event event, long sequence) {
            send(event, UUID.randomUUID(), sequence);
        }

        void send(Event event, UUID id, long sequence) {
            send(
                    event.topic(),
                    event.key(),
                    envelope(event, id, sequence).toHeaders(),
                    new String(CODEC.encode(event), StandardCharsets.UTF_8));
        }

        void sendTombstone(Topic topic, String key, long sequence) {
            Envelope envelope =
                    Envelope.tombstone(key, UUID.randomUUID(), "/tradosphere/lab-service", NOW, sequence, null);
            send(topic, key, envelope.toHeaders(), null);
        }

        void send(Topic topic, String key, Map<String, String> headers, String body) {
            Broker.send(prefix + topic.topicName(), key, headers, body);
        }
    }
}
