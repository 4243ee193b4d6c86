package io.tradosphere.cli.suite;

import io.tradosphere.stack.StackException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The lag of the suite's consumers. */
public final class ConsumerLag {

    private ConsumerLag() {}

    /**
     * Records not yet consumed, by consumer group.
     *
     * @param bootstrap the broker's address
     * @throws StackException when the broker doesn't respond; one line
     */
    public static Map<String, Long> byGroup(String bootstrap) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000"))) {
            List<String> groups =
                    admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get(10, TimeUnit.SECONDS).stream()
                            .map(GroupListing::groupId)
                            .toList();
            Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
            groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec()));
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                    admin.listConsumerGroupOffsets(specs).all().get(10, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            committed.values().forEach(offsets -> offsets.keySet().forEach(at -> wanted.put(at, OffsetSpec.latest())));
            var ends = admin.listOffsets(wanted).all().get(10, TimeUnit.SECONDS);
            Map<String, Long> lag = new TreeMap<>();
            committed.forEach((group, offsets) -> lag.put(
                    group,
                    offsets.entrySet().stream()
                            .filter(entry -> entry.getValue() != null)
                            .mapToLong(entry -> ends.get(entry.getKey()).offset()
                                    - entry.getValue().offset())
                            .sum()));
            return lag;
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException(
                    "Kafka at " + bootstrap + " does not respond; see ./tradosphere logs kafka: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
