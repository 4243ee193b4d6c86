package io.tradosphere.platform.kafka;

import io.tradosphere.contracts.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The names of topics and consumer groups in Kafka: those of the event contract after the operator's prefix. With prefixes of their
 * own, several installations share one Kafka.
 */
@ApplicationScoped
public class TopicNames {

    private final String prefix;

    TopicNames(@ConfigProperty(name = "tradosphere.kafka.prefix") Optional<String> prefix) {
        this.prefix = prefix.orElse("");
    }

    /** The name of a topic. */
    public String of(Topic topic) {
        return prefix + topic.topicName();
    }

    /**
     * The name in Kafka of a topic or consumer group.
     *
     * @param contractName its name in the event contract, such as {@code profile-service.follower-counts}
     */
    public String inKafka(String contractName) {
        return prefix + contractName;
    }
}
