package io.tradosphere.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicTest {
    @Test
    void every_topic_carries_some_type() {
        assertThat(Arrays.stream(EventType.values())
                        .flatMap(type -> type.topics().stream())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Topic.values());
    }

    @Test
    void a_topic_carries_exactly_one_sealed_family_and_the_first_topic_of_a_type_all_of_it() {
        for (Topic topic : Topic.values()) {
            // Given
            var types = Arrays.stream(EventType.values())
                    .filter(type -> type.topics().contains(topic))
                    .collect(Collectors.toList());
            var records = types.stream().map(EventType::recordClass).collect(Collectors.toList());

            // When
            var families = records.stream()
                    .flatMap(type -> Stream.of(type.getInterfaces()))
                    .collect(Collectors.toSet());

            // Then
            assertThat(families).hasSize(1).allMatch(Class::isSealed).allMatch(Event.class::isAssignableFrom);
            assertThat(families.iterator().next().getPermittedSubclasses())
                    .allMatch(Class::isRecord)
                    .containsAll(records);
            if (types.get(0).topic() == topic) {
                assertThat(families.iterator().next().getPermittedSubclasses()).hasSameSizeAs(records);
            }
        }
    }

    @Test
    void names_are_tradosphere_slice_and_entity() {
        assertThat(Topic.values())
                .extracting(Topic::topicName)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("tradosphere\\.[a-z]+\\.[a-z-]+"));
    }

    @Test
    void a_topic_kept_for_a_time_deletes_what_is_older() {
        assertThat(Topic.ERASURES.settings())
                .containsOnly(
                        Map.entry("cleanup.policy", "delete"),
                        Map.entry("retention.ms", String.valueOf(400L * 24 * 60 * 60 * 1000)));
        assertThat(Topic.ERASURES.isCompacted()).isFalse();
    }

    @Test
    void a_compacted_topic_leaves_what_is_young_alone_and_forgets_what_is_erased() {
        assertThat(Topic.FOLLOWS.settings())
                .containsOnly(
                        Map.entry("cleanup.policy", "compact"),
                        Map.entry("delete.retention.ms", "604800000"),
                        Map.entry("min.compaction.lag.ms", "604800000"),
                        Map.entry("max.compaction.lag.ms", "1209600000"));
        assertThat(Topic.FOLLOWS.isCompacted()).isTrue();
    }

    @Test
    void dead_letters_go_to_a_topic_named_after_topic_and_group() {
        assertThat(Topic.FOLLOWS.deadLetterTopic("profile-service.follower-counts"))
                .isEqualTo("tradosphere.social.follows.profile-service.follower-counts.dlq");
    }

    @Test
    void the_broker_unpacks_what_outsiders_write() {
        for (Topic topic : Topic.values()) {
            assertThat(topic.settings().get("compression.type"))
                    .as(topic.topicName())
                    .isEqualTo(topic.isWrittenFromOutside() ? "uncompressed" : null);
        }
        assertThat(Topic.PRICES.isWrittenFromOutside()).isTrue();
    }

    @Test
    void dead_letters_are_replayed_by_a_topic_of_the_group() {
        assertThat(Topic.FOLLOWS.replayTopic("profile-service.follower-counts"))
                .isEqualTo("tradosphere.social.follows.profile-service.follower-counts.replay");
    }
}
