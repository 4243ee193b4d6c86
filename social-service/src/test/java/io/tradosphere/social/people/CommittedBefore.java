package io.tradosphere.social.people;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.social.Someone;
import io.tradosphere.stack.TestStack;
import io.tradosphere.test.TopicTap;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * Leaves the broker as a slice with another database would have: somebody was made known, and the slice's consumer group has
 * committed that it read so.
 */
public final class CommittedBefore implements QuarkusTestResourceLifecycleManager {

    /** Who was made known. */
    static final UUID SOMEBODY = UUID.randomUUID();

    private static final String GROUP = "social-service.profiles";

    @Override
    public Map<String, String> start() {
        TestStack.get().ensureTopics();
        TopicTap.publish(new ProfileCreated(Someone.state(SOMEBODY, Tier.ELITE, 1)), Someone.nextSequence());
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap()))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> {
                        commitEverything(admin);
                        return true;
                    });
        }
        return Map.of();
    }

    @Override
    public void stop() {}

    /** Refused for as long as a member of the group is still there. */
    private static void commitEverything(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, Topic.PROFILES.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.PROFILES.topicName(), partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listOffsets(ends).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
        admin.alterConsumerGroupOffsets(GROUP, committed).all().get();
    }
}
