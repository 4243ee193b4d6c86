package io.tradosphere.platform.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scheduled job that counts the slice's dead letters, by topic and consumer group, for a metric. */
@ApplicationScoped
class DeadLetterCount implements ScheduledJob {

    private static final String COUNT =
            "SELECT topic, consumer_group, count(*) AS letters FROM dead_letters GROUP BY topic, consumer_group";

    private final SliceDatabase slice;
    private final Consumers consumers;
    private final MultiGauge gauge;

    DeadLetterCount(SliceDatabase slice, Consumers consumers, MeterRegistry metrics) {
        this.slice = slice;
        this.consumers = consumers;
        this.gauge = MultiGauge.builder("tradosphere.dead.letters")
                .description("Dead letters of the slice that wait for a replay")
                .register(metrics);
    }

    @Override
    public String name() {
        return "dead-letter-count";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(COUNT)
                .map(this::gauges)
                .invoke(rows -> gauge.register(rows, true))
                .replaceWithVoid();
    }

    /** Every group has a gauge for each of its topics, 0 without letters: what is absent cannot be watched. */
    private List<MultiGauge.Row<?>> gauges(RowSet<Row> counted) {
        Map<Tags, Long> letters = new HashMap<>();
        consumers
                .all()
                .forEach(consumer ->
                        consumer.topics().forEach(topic -> letters.put(tags(topic.topicName(), consumer.group()), 0L)));
        counted.forEach(row ->
                letters.put(tags(row.getString("topic"), row.getString("consumer_group")), row.getLong("letters")));
        return letters.entrySet().stream()
                .<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(each.getKey(), each.getValue()))
                .toList();
    }

    private static Tags tags(String topic, String group) {
        return Tags.of("topic", topic, "group", group);
    }
}
