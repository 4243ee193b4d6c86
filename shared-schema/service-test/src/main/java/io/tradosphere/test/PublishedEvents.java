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

/** The published events of a key, checked against their schemas. */
public final class PublishedEvents {

    /** The name of a tombstone among the types. */
    public static final String TOMBSTONE = "tombstone";

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ConcurrentMap<EventType, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private final List<ConsumerRecord<String, byte[]>> records;

    private PublishedEvents(List<ConsumerRecord<String, byte[]>> records) {
        this.records = records;
    }

    /** Asserts that the key has exactly events of these types, in this order, each valid against its schema. */
    public static PublishedEvents exactly(Topic topic, String key, String... types) {
        PublishedEvents published = of(topic, key);
        assertThat(published.types()).as("events of %s", key).containsExactly(types);
        published.records.forEach(PublishedEvents::assertKeepsContract);
        assertThat(published.sequences()).isSorted().doesNotHaveDuplicates();
        return published;
    }

    /** All events published under the key so far. */
    public static PublishedEvents of(Topic topic, String key) {
        awaitEmptyOutbox();
        return new PublishedEvents(TopicReader.records(topic.topicName(), key));
    }

    /** The event at an index. */
    public <E extends Event> E event(int index, Class<E> type) {
        return type.cast(TopicReader.event(records.get(index)));
    }

    /** A header of the record at an index. */
    public String header(int index, String name) {
        return TopicReader.header(records.get(index), name);
    }

    /** The event types, such as {@code social.followed}. */
    public List<String> types() {
        return records.stream()
                .map(record -> record.value() == null
                        ? TOMBSTONE
                        : TopicReader.event(record).type().typeName())
                .toList();
    }

    /** Waits until the outbox is empty: the relay deletes rows after the broker's acknowledgement. */
    public static void awaitEmptyOutbox() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Sql.asSuperuser().number("SELECT count(*) FROM outbox") == 0);
    }

    private List<Long> sequences() {
        return records.stream()
                .map(record -> Long.valueOf(TopicReader.header(record, Envelope.SEQUENCE)))
                .toList();
    }

    private static void assertKeepsContract(ConsumerRecord<String, byte[]> record) {
        assertThat(TopicReader.header(record, Envelope.SOURCE))
                .isEqualTo("/tradosphere/" + SliceStack.sliceUnderTest().schema() + "-service");
        if (record.value() == null) {
            assertThat(TopicReader.header(record, Envelope.TYPE)).isNull();
            return;
        }
        Event event = TopicReader.event(record);
        assertThat(event.key()).isEqualTo(record.key());
        assertThat(event.subject()).isEqualTo(TopicReader.header(record, Envelope.SUBJECT));
        String json = new String(record.value(), StandardCharsets.UTF_8);
        assertThat(SCHEMAS.computeIfAbsent(event.type(), PublishedEvents::schema)
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
