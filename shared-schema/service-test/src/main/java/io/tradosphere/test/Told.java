package io.tradosphere.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** What the slice has told of a subject, held against the published contract. */
public final class Told {

    /** How a tombstone shows among the types. */
    public static final String TOMBSTONE = "tombstone";

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ConcurrentMap<EventType, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private final List<ConsumerRecord<String, byte[]>> records;

    private Told(List<ConsumerRecord<String, byte[]>> records) {
        this.records = records;
    }

    /** Waits until exactly these types, in this order, have been told under the key, each as its schema says. */
    public static Told exactly(Topic topic, String key, String... types) {
        Told told = of(topic, key);
        assertThat(told.types()).as("events of %s", key).containsExactly(types);
        told.records.forEach(Told::assertKeepsContract);
        assertThat(told.sequences()).isSorted().doesNotHaveDuplicates();
        return told;
    }

    /** Everything that has been told under the key up to now. */
    public static Told of(Topic topic, String key) {
        awaitEmptyOutbox();
        return new Told(TopicTap.records(topic.topicName(), key));
    }

    /** The event at that place. */
    public <E extends Event> E event(int index, Class<E> type) {
        return type.cast(TopicTap.event(records.get(index)));
    }

    /** A header of the record at that place. */
    public String header(int index, String name) {
        return TopicTap.header(records.get(index), name);
    }

    /** The types told, such as {@code social.followed}. */
    public List<String> types() {
        return records.stream()
                .map(record -> record.value() == null
                        ? TOMBSTONE
                        : TopicTap.event(record).type().typeName())
                .toList();
    }

    /** What is committed is told once the outbox is empty: the relay deletes what the broker has acknowledged. */
    public static void awaitEmptyOutbox() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser().number("SELECT count(*) FROM outbox") == 0);
    }

    private List<Long> sequences() {
        return records.stream()
                .map(record -> Long.valueOf(TopicTap.header(record, Envelope.SEQUENCE)))
                .toList();
    }

    private static void assertKeepsContract(ConsumerRecord<String, byte[]> record) {
        assertThat(TopicTap.header(record, Envelope.SOURCE))
                .isEqualTo("/tradosphere/" + SliceStack.sliceUnderTest().schema() + "-service");
        if (record.value() == null) {
            assertThat(TopicTap.header(record, Envelope.TYPE)).isNull();
            return;
        }
        Event event = TopicTap.event(record);
        assertThat(event.key()).isEqualTo(record.key());
        assertThat(event.subject()).isEqualTo(TopicTap.header(record, Envelope.SUBJECT));
        String json = new String(record.value(), StandardCharsets.UTF_8);
        assertThat(SCHEMAS.computeIfAbsent(event.type(), Told::schema)
                        .validate(
                                json,
                                InputFormat.JSON,
                                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as(json)
                .isEmpty();
    }

    private static Schema schema(EventType type) {
        try (InputStream file = EventType.class.getClassLoader().getResourceAsStream(type.schemaResource())) {
            return REGISTRY.getSchema(new String(file.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
