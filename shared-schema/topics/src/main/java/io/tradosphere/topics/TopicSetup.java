package io.tradosphere.topics;

import io.tradosphere.contracts.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of the event contract on a broker. It deletes no topic and no record: existing topics keep their partitions and their
 * policy, and no time becomes shorter.
 */
public final class TopicSetup implements AutoCloseable {

    /** A body of 1 MB with its headers, and what Kafka takes by default. */
    private static final long LARGEST_RECORD = 1_048_588;

    private static final int SECONDS = 60;
    private static final int PAUSE_MILLIS = 100;

    private final Admin admin;
    private final String prefix;
    private final String brokers;

    /**
     * Connects to a broker.
     *
     * @param client the settings of the Kafka client
     * @param prefix what precedes the name of each topic; may be empty
     * @throws TopicException when a setting is wrong
     */
    public TopicSetup(Map<String, Object> client, String prefix) {
        this.prefix = prefix;
        this.brokers = String.valueOf(client.get("bootstrap.servers"));
        try {
            this.admin = admin(client);
        } catch (KafkaException wrong) {
            throw new TopicException("The settings of the Kafka client are wrong: " + reason(wrong), wrong);
        }
    }

    /**
     * An admin client. Kafka loads its classes by the thread's class loader, and a test's thread pool may have another one.
     *
     * @param client the settings of the Kafka client
     */
    public static Admin admin(Map<String, Object> client) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TopicSetup.class.getClassLoader());
        try {
            return Admin.create(client);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Compares the topics with the event contract.
     *
     * @throws TopicException when the broker refuses, or does not answer
     */
    public Comparison compare() {
        Set<String> there = new HashSet<>(answer(admin.listTopics().names()));
        List<Topic> existing = topics(name -> there.contains(name));
        var partitions = answer(
                admin.describeTopics(existing.stream().map(this::name).toList()).allTopicNames());
        Map<String, Config> settings =
                answer(admin.describeConfigs(
                                        existing.stream().map(this::resource).toList())
                                .all())
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        List<Difference> differences = new ArrayList<>();
        for (Topic topic : existing) {
            String name = name(topic);
            int count = partitions.get(name).partitions().size();
            if (count < topic.partitions()) {
                differences.add(new Difference(
                        name, Difference.PARTITIONS, String.valueOf(count), String.valueOf(topic.partitions())));
            }
            differences.addAll(differences(topic, settings.get(name)));
        }
        return new Comparison(
                topics(name -> !there.contains(name)).stream().map(this::name).toList(), differences);
    }

    /**
     * Creates the missing topics with the broker's own replication factor, and changes the settings that can be changed without loss.
     *
     * @return what was missing and what differed before
     * @throws TopicException when the broker refuses, or does not answer
     */
    public Comparison make() {
        Comparison before = compare();
        Set<String> missing = Set.copyOf(before.missing());
        admin.createTopics(topics(missing::contains).stream()
                        .map(topic -> new NewTopic(name(topic), Optional.of(topic.partitions()), Optional.empty())
                                .configs(topic.settings()))
                        .toList())
                .values()
                .values()
                .forEach(this::created);
        awaitVisible(missing);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        before.differences().stream()
                .filter(Difference::isHarmlessToChange)
                .forEach(difference -> changes.computeIfAbsent(
                                new ConfigResource(ConfigResource.Type.TOPIC, difference.topic()),
                                topic -> new ArrayList<>())
                        .add(new AlterConfigOp(
                                new ConfigEntry(difference.setting(), difference.wanted()), AlterConfigOp.OpType.SET)));
        answer(admin.incrementalAlterConfigs(changes).all());
        return before;
    }

    @Override
    public void close() {
        admin.close();
    }

    private List<Difference> differences(Topic topic, Config found) {
        List<Difference> differences = new ArrayList<>();
        topic.settings().forEach((setting, wanted) -> {
            String value = value(found, setting);
            if (!value.equals(wanted)) {
                differences.add(new Difference(name(topic), setting, value, wanted));
            }
        });
        String largest = value(found, Difference.LARGEST_RECORD);
        if (!largest.equals(Difference.UNKNOWN) && Long.parseLong(largest) < LARGEST_RECORD) {
            differences.add(
                    new Difference(name(topic), Difference.LARGEST_RECORD, largest, String.valueOf(LARGEST_RECORD)));
        }
        return differences;
    }

    private static String value(Config found, String setting) {
        ConfigEntry entry = found.get(setting);
        return entry == null || entry.value() == null ? Difference.UNKNOWN : entry.value();
    }

    private List<Topic> topics(Predicate<String> names) {
        return Arrays.stream(Topic.values())
                .filter(topic -> names.test(name(topic)))
                .toList();
    }

    private String name(Topic topic) {
        return prefix + topic.topicName();
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name(topic));
    }

    /** A broker learns of what the controller has created a moment later. */
    private void awaitVisible(Set<String> created) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!answer(admin.listTopics().names()).containsAll(created)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TopicException("Kafka at " + brokers + " does not show its new topics.", null);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TopicException("Interrupted", interrupted);
        }
    }

    private void created(KafkaFuture<Void> topic) {
        try {
            answer(topic);
        } catch (TopicException failure) {
            // Two may create them at once.
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw failure;
            }
        }
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw new TopicException("Kafka at " + brokers + ": " + reason(refused.getCause()), refused.getCause());
        } catch (TimeoutException slow) {
            throw new TopicException("Kafka at " + brokers + " did not answer within " + SECONDS + " s.", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TopicException("Interrupted", interrupted);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
