package io.tradosphere.stack.broker;

import io.tradosphere.contracts.Topic;
import io.tradosphere.stack.StackException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the suite's topics as its contract says, before anybody reads or writes them. */
public final class Topics {

    private static final short ALONE = 1;
    private static final int SECONDS = 60;

    private Topics() {}

    /**
     * Makes the topics that aren't there, and sets the settings of those that are; partitions of an existing topic stay, since
     * adding one would break the order of its keys.
     *
     * @param bootstrap the broker
     * @return how many were made
     * @throws StackException when the broker refuses; one line
     */
    public static int ensure(String bootstrap) {
        try (Admin admin = admin(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            Set<String> there = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = Arrays.stream(Topic.values())
                    .filter(topic -> !there.contains(topic.topicName()))
                    .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), ALONE).configs(topic.settings()))
                    .toList();
            create(admin, missing);
            configure(
                    admin,
                    Arrays.stream(Topic.values())
                            .filter(topic -> there.contains(topic.topicName()))
                            .toList());
            return missing.size();
        } catch (ExecutionException e) {
            throw new StackException(
                    "Kafka refused to make the topics: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new StackException("Kafka at " + bootstrap + " did not make the topics within " + SECONDS + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while making the topics", e);
        }
    }

    /** Kafka finds its own classes by the thread's class loader, which in a test's pool of threads need not know them. */
    static Admin admin(Map<String, Object> settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Topics.class.getClassLoader());
        try {
            return Admin.create(settings);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        for (var made : admin.createTopics(topics).values().values()) {
            try {
                made.get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void configure(Admin admin, Collection<Topic> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topic topic : topics) {
            List<AlterConfigOp> settings = topic.settings().entrySet().stream()
                    .map(setting -> new AlterConfigOp(
                            new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                    .toList();
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), settings);
        }
        admin.incrementalAlterConfigs(changes).all().get(SECONDS, TimeUnit.SECONDS);
    }
}
