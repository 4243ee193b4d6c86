package io.tradosphere.signal.consumer;

import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.consumer.ConsumerSteps.lastPrice;
import static io.tradosphere.signal.consumer.ConsumerSteps.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KafkaPrefixTest.SecondInstallation.class)
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class KafkaPrefixTest {

    private static final String PREFIX = "second.";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A service that shares its Kafka with another installation. */
    public static final class SecondInstallation implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Topics.ensure(TestStack.get().kafkaBootstrap(), PREFIX);
            return Map.of("tradosphere.kafka.prefix", PREFIX);
        }
    }

    @Test
    void a_second_installation_reads_and_writes_its_own_topics_in_groups_of_its_own() throws Exception {
        String symbol = freshSymbol();
        TestUser creator = creator();

        tick(symbol, "999");
        tick(PREFIX + Topic.PRICES.topicName(), symbol, "105");
        posted(creator, signalFields(symbol));

        await().atMost(SOON).untilAsserted(() -> assertThat(lastPrice(symbol)).isEqualTo("105"));
        String topic = PREFIX + Topic.SIGNALS.topicName();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(TopicReader.records(topic, creator.id().toString()))
                                .hasSize(1));
        assertThat(TopicReader.records(Topic.SIGNALS.topicName(), creator.id().toString()))
                .isEmpty();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap()))) {
            assertThat(admin.listConsumerGroupOffsets(PREFIX + "signal-service.market")
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .isNotEmpty();
        }
    }

    @Test
    void its_dead_letters_carry_the_prefix_too() throws Exception {
        String symbol = freshSymbol();

        TopicReader.send(PREFIX + Topic.PRICES.topicName(), symbol, new byte[] {'{'}, Map.of());

        String letters = PREFIX + Topic.PRICES.deadLetterTopic("signal-service.market");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap()))) {
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(admin.listTopics().names().get()).contains(letters));
        }
    }
}
