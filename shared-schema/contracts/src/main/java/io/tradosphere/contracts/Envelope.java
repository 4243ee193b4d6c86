package io.tradosphere.contracts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What travels beside an event, as Kafka headers: CloudEvents 1.0 in binary mode. The envelope of a tombstone names no type, so
 * that nobody tries to parse the value that isn't there.
 *
 * @param id unique to this event (a UUID of version 7); what a consumer remembers in order to apply it once
 * @param source the service that published it, {@code /tradosphere/<service>}
 * @param ceType the CloudEvents type, such as {@code io.tradosphere.profile.created.v1}; null for a tombstone
 * @param subject the id of the aggregate it happened to
 * @param time when it happened
 * @param sequence grows per subject: a copy of state applies only a higher one than it has
 * @param dataSchema the URI of the body's JSON Schema; null for a tombstone
 * @param traceparent the W3C trace context of the request that caused it; null when there was none
 */
public record Envelope(
        UUID id,
        String source,
        @Nullable String ceType,
        String subject,
        Instant time,
        long sequence,
        @Nullable String dataSchema,
        @Nullable String traceparent) {
    /** Header: always {@link #SPEC_VERSION_VALUE}. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** Header: see {@link Envelope#id()}. */
    public static final String ID = "ce_id";

    /** Header: see {@link Envelope#source()}. */
    public static final String SOURCE = "ce_source";

    /** Header: see {@link Envelope#ceType()}. */
    public static final String TYPE = "ce_type";

    /** Header: see {@link Envelope#subject()}. */
    public static final String SUBJECT = "ce_subject";

    /** Header: see {@link Envelope#time()}, RFC 3339 in UTC. */
    public static final String TIME = "ce_time";

    /** Header: see {@link Envelope#sequence()}, in decimal. */
    public static final String SEQUENCE = "ce_sequence";

    /** Header: see {@link Envelope#dataSchema()}. */
    public static final String DATA_SCHEMA = "ce_dataschema";

    /** Header: always {@link #CONTENT_TYPE_VALUE}. */
    public static final String CONTENT_TYPE = "content-type";

    /** Header: see {@link Envelope#traceparent()}. */
    public static final String TRACEPARENT = "traceparent";

    /** The version of CloudEvents. */
    public static final String SPEC_VERSION_VALUE = "1.0";

    /** The media type of every body. */
    public static final String CONTENT_TYPE_VALUE = "application/json";

    /** Refuses an envelope without one of the parts that even a tombstone has. */
    public Envelope {
        require(id, ID);
        require(source, SOURCE);
        require(subject, SUBJECT);
        require(time, TIME);
    }

    /** The envelope of {@code event}. */
    public static Envelope of(
            Event event, UUID id, String source, Instant time, long sequence, @Nullable String traceparent) {
        EventType type = event.type();
        return new Envelope(id, source, type.ceType(), event.subject(), time, sequence, type.dataSchema(), traceparent);
    }

    /** The envelope of the tombstone that follows the last event of {@code subject} on a compacted topic. */
    public static Envelope tombstone(
            String subject, UUID id, String source, Instant time, long sequence, @Nullable String traceparent) {
        return new Envelope(id, source, null, subject, time, sequence, null, traceparent);
    }

    /** Whether it belongs to a tombstone, a record without a value. */
    public boolean isTombstone() {
        return ceType == null;
    }

    /** The Kafka headers, in a fixed order, with UTF-8 text as values. */
    public Map<String, String> toHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPEC_VERSION, SPEC_VERSION_VALUE);
        headers.put(ID, id.toString());
        headers.put(SOURCE, source);
        putIfPresent(headers, TYPE, ceType);
        headers.put(SUBJECT, subject);
        headers.put(TIME, time.toString());
        headers.put(SEQUENCE, Long.toString(sequence));
        putIfPresent(headers, DATA_SCHEMA, dataSchema);
        if (!isTombstone()) {
            headers.put(CONTENT_TYPE, CONTENT_TYPE_VALUE);
        }
        putIfPresent(headers, TRACEPARENT, traceparent);
        return headers;
    }

    /**
     * Reads the Kafka headers of an event or a tombstone; headers that aren't part of the envelope are passed over.
     *
     * @throws UndecodableEvent when a header is missing or isn't what it must be
     */
    public static Envelope fromHeaders(Map<String, String> headers) throws UndecodableEvent {
        String version = header(headers, SPEC_VERSION);
        if (!SPEC_VERSION_VALUE.equals(version)) {
            throw UndecodableEvent.badHeader(SPEC_VERSION, "is '" + version + "', not " + SPEC_VERSION_VALUE);
        }
        return new Envelope(
                parsed(headers, ID, UUID::fromString, "a UUID"),
                header(headers, SOURCE),
                headers.get(TYPE),
                header(headers, SUBJECT),
                parsed(headers, TIME, Instant::parse, "an instant such as 2026-01-31T12:00:00Z"),
                parsed(headers, SEQUENCE, Long::valueOf, "a whole number"),
                headers.get(DATA_SCHEMA),
                headers.get(TRACEPARENT));
    }

    private static String header(Map<String, String> headers, String name) throws UndecodableEvent {
        return Optional.ofNullable(headers.get(name)).orElseThrow(() -> UndecodableEvent.badHeader(name, "is missing"));
    }

    private static <T> T parsed(Map<String, String> headers, String name, Function<String, T> parser, String expected)
            throws UndecodableEvent {
        String value = header(headers, name);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw UndecodableEvent.badHeader(name, "is '" + value + "', not " + expected, e);
        }
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static void require(Object part, String header) {
        if (part == null) {
            throw new NullPointerException("An envelope needs " + header);
        }
    }
}
