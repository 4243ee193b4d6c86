package io.tradosphere.stack.broker;

import io.tradosphere.stack.StackException;
import io.tradosphere.topics.TopicException;
import io.tradosphere.topics.TopicSetup;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Creates the suite's topics as the event contract requires. */
public final class Topics {

    private Topics() {}

    /**
     * Creates the missing topics, and changes settings of existing ones where that loses nothing.
     *
     * @param bootstrap the broker's address
     * @return how many were created
     * @throws StackException when the broker refuses; one line
     */
    public static int ensure(String bootstrap) {
        return ensure(bootstrap, "");
    }

    /**
     * As {@link #ensure(String)}, for an installation that shares its Kafka.
     *
     * @param prefix what precedes the name of each topic
     */
    public static int ensure(String bootstrap, String prefix) {
        try (TopicSetup topics =
                new TopicSetup(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap), prefix)) {
            return topics.make().missing().size();
        } catch (TopicException failure) {
            throw new StackException(failure.getMessage(), failure);
        }
    }
}
