package io.tradosphere.platform.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tradosphere.contracts.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of one consumer group in this instance. */
final class GroupMetrics {

    private static final String GROUP = "group";

    private final MeterRegistry registry;
    private final Map<Topic, Long> lags = new ConcurrentHashMap<>();
    private final List<Meter> meters = new ArrayList<>();
    private final Counter read;
    private final Counter parked;

    GroupMetrics(MeterRegistry registry, String group, Collection<Topic> topics, PartitionFailures failures) {
        this.registry = registry;
        for (Topic topic : topics) {
            meters.add(Gauge.builder("tradosphere.consumer.lag", lags, known -> known.getOrDefault(topic, 0L))
                    .description("Records of the topic that this instance has yet to apply")
                    .tag(GROUP, group)
                    .tag("topic", topic.topicName())
                    .register(registry));
        }
        meters.add(Gauge.builder("tradosphere.consumer.stalled.seconds", failures, GroupMetrics::stalledSeconds)
                .description(
                        "Time for which the group has made no progress in some partition of this instance; 0 when all is well")
                .tag(GROUP, group)
                .register(registry));
        read = Counter.builder("tradosphere.consumer.records")
                .description("Records that the group has applied or parked here; repeated ones count again")
                .tag(GROUP, group)
                .register(registry);
        meters.add(read);
        parked = Counter.builder("tradosphere.consumer.parked")
                .description("Records that the group has written to a dead-letter topic here")
                .tag(GROUP, group)
                .register(registry);
        meters.add(parked);
    }

    private static double stalledSeconds(PartitionFailures failures) {
        return failures.longest()
                .map(failure -> failure.age().toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** Replaces the lags: how many records of each topic wait for this instance. */
    void lags(Map<Topic, Long> current) {
        lags.keySet().retainAll(current.keySet());
        lags.putAll(current);
    }

    /** Counts records that were applied or parked. */
    void read(int records) {
        read.increment(records);
    }

    /** Counts a record that became a dead letter. */
    void parked() {
        parked.increment();
    }

    /** Removes them. Else a service that is started again in this JVM would show those of the stopped one. */
    void remove() {
        meters.forEach(registry::remove);
    }
}
