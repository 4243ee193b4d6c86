package io.tradosphere.social.profiles;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.stack.TestStack;
import io.tradosphere.test.TopicReader;
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
 * Leaves the broker as a slice with another database would: with a published profile and a committed offset of the
 * consumer group.
 */
public final class CommittedBefore implements QuarkusTestResourceLifecycleManager {

    /** The published profile. */
    static final UUID PUBLISHED = UUID.randomUUID();

    private static final String GROUP = "social-service.profiles";

    @Override
    public Map<String, String> start() {
        TestStack.get().ensureTopics();
        TopicReader.publish(
                new ProfileCreated(TestProfiles.state(PUBLISHED, Tier.ELITE, 1)), TestProfiles.nextSequence());
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

    /** Fails while a member of the group is active. */
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
