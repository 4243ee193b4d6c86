package io.tradosphere.platform.inbox;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.kafka.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The topics that a consumer group reads: those of its event consumer, and the replay topics of its own dead letters. A replay topic
 * exists once the group has a dead letter.
 */
final class Subscription {

    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, Topic> replays = new HashMap<>();

    /**
     * Maps names in Kafka to topics.
     *
     * @param group the group's name in the event contract
     */
    Subscription(Collection<Topic> topics, String group, TopicNames names) {
        for (Topic topic : topics) {
            this.topics.put(names.of(topic), topic);
            this.replays.put(names.inKafka(topic.replayTopic(group)), topic);
        }
    }

    /** Matches the topics to read. With a pattern, the client finds a replay topic that is created later. */
    Pattern pattern() {
        return Pattern.compile(Stream.concat(topics.keySet().stream(), replays.keySet().stream())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    /** The topic that a record belongs to, whether it is read from there or replayed. */
    Topic topicOf(String nameInKafka) {
        Topic topic = topics.get(nameInKafka);
        return topic == null ? replays.get(nameInKafka) : topic;
    }

    /** The names in Kafka of the topics, without the replay topics. */
    Set<String> topicNames() {
        return topics.keySet();
    }

    /** The position of a record in its own topic. A replayed record carries it in headers. */
    Origin originOf(ConsumerRecord<?, ?> record) {
        Topic topic = topicOf(record.topic());
        if (replays.containsKey(record.topic())) {
            Optional<Integer> partition = number(record, DeadLetter.PARTITION).map(Long::intValue);
            Optional<Long> offset = number(record, DeadLetter.OFFSET);
            if (partition.isPresent() && offset.isPresent()) {
                return new Origin(topic, partition.get(), offset.get(), true);
            }
        }
        return new Origin(topic, record.partition(), record.offset(), false);
    }

    private static Optional<Long> number(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header)
                .map(found -> new String(found.value(), StandardCharsets.UTF_8))
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /**
     * A position in a topic of the event contract.
     *
     * @param isReplay whether the record came by a replay
     */
    record Origin(Topic topic, int partition, long offset, boolean isReplay) {}
}
