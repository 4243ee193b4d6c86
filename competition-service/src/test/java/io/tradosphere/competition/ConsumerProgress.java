package io.tradosphere.competition;

import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Progress of the service's consumer groups. */
public final class ConsumerProgress {

    private ConsumerProgress() {}

    /** Waits until the group has committed all records that the topic holds now. */
    public static void awaitAllApplied(Topic topic, String purpose) {
        Properties config = new Properties();
        config.put("bootstrap.servers", TestStack.get().kafkaBootstrap());
        config.put("group.id", "competition-service." + purpose);
        try (KafkaConsumer<String, String> group =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = group.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = group.endOffsets(partitions);
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(CompetitionSteps.SOON)
                    .until(() -> group.committed(Set.copyOf(partitions)).entrySet().stream()
                            .allMatch(committed -> ends.get(committed.getKey()) == 0
                                    || committed.getValue() != null
                                            && committed.getValue().offset() >= ends.get(committed.getKey())));
        }
    }
}
