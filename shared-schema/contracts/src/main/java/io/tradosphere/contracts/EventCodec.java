package io.tradosphere.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Events to JSON and back. Writing is strict: a required field that is null is refused. Reading is strict about what the schema
 * demands and open to what it may grow: unknown fields are passed over. Safe for use by many threads; one per process is enough.
 */
public final class EventCodec {
    /** The largest body that is read, in bytes: what a broker takes by default. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    /** Limits of one body. No event comes near them; a foreign record may. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNumberLength(100)
            .maxNestingDepth(50)
            .maxNameLength(1_000)
            .maxStringLength(100_000)
            .build();

    private final ObjectWriter writer;
    private final Map<EventType, ObjectReader> readers = new EnumMap<>(EventType.class);

    /** Makes a codec for all types of events. */
    public EventCodec() {
        JsonMapper mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build())
                .addModule(new JavaTimeModule())
                .addModule(new WireFormat())
                .annotationIntrospector(AnnotationIntrospectorPair.pair(
                        new RequiredUnlessNullable(), new JacksonAnnotationIntrospector()))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        writer = mapper.writer();
        for (EventType type : EventType.values()) {
            readers.put(type, mapper.readerFor(type.recordClass()));
        }
    }

    /**
     * The JSON body of {@code event}, in UTF-8.
     *
     * @throws IllegalArgumentException when a field that the schema requires is null
     */
    public byte[] encode(Event event) {
        try {
            return writer.writeValueAsBytes(event instanceof EventOnTopic other ? other.event() : event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    event.type().ceType() + " at " + where(e) + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads an event from what Kafka carried.
     *
     * @param ceType the value of the {@link Envelope#TYPE} header; null, as a tombstone's is, is no event
     * @param body the record's value
     * @throws UndecodableEvent when the type is unknown or the body isn't what its schema demands
     */
    public Event decode(@Nullable String ceType, byte[] body) throws UndecodableEvent {
        if (ceType == null) {
            throw UndecodableEvent.unknownType(null);
        }
        EventType type = EventType.ofCeType(ceType).orElseThrow(() -> UndecodableEvent.unknownType(ceType));
        try {
            if (body != null && body.length > MAX_BODY_BYTES) {
                throw UndecodableEvent.badBody(
                        type, "$", "it has " + body.length + " bytes, more than " + MAX_BODY_BYTES, null);
            }
            Event event = body == null ? null : readers.get(type).readValue(body);
            if (event == null) {
                throw UndecodableEvent.badBody(type, "$", "there is no body", null);
            }
            return event;
        } catch (JsonProcessingException e) {
            throw UndecodableEvent.badBody(type, where(e), e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw UndecodableEvent.badBody(type, "$", e.getMessage(), e);
        }
    }

    private static String where(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            return mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                    .collect(Collectors.joining("", "$", ""));
        }
        return e.getLocation() == null ? "$" : "byte " + e.getLocation().getByteOffset();
    }
}
