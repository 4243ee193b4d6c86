package io.tradosphere.platform.inbox;

import io.tradosphere.platform.inbox.Subscription.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter: a copy of a record that can never be applied, with the reason and the record's position. It always fits the
 * dead-letter topic. Of a record that is too large it keeps the beginning of the body.
 *
 * @param key the letter's own key, unique to the record's position
 * @param mentions every UUID in it, so that a person's letters can be found
 * @param reason why it cannot be applied, in at most {@link #MAX_REASON} characters
 * @param record the copy
 */
record DeadLetter(String key, Set<UUID> mentions, String reason, ProducerRecord<String, byte[]> record) {

    /** Header: the original partition. */
    static final String PARTITION = "dlq_partition";
    /** Header: the original offset. */
    static final String OFFSET = "dlq_offset";
    /** The largest letter with all its headers, in bytes; the limit of the dead-letter topics. */
    static final int MAX_LETTER_BYTES = 2 * 1024 * 1024;

    private static final String OWN_HEADERS = "dlq_";
    private static final String KEY = "dlq_key";
    private static final String TOMBSTONE = "dlq_tombstone";
    private static final String REASON = "dlq_reason";
    private static final String TOPIC = "dlq_topic";
    /** Header of a shortened letter: the size of the original body in bytes. */
    private static final String BODY_BYTES = "dlq_body_bytes";

    private static final int MAX_REASON = 500;
    private static final int MAX_KEY = 200;
    /** Records up to this size are copied whole. */
    private static final int MAX_WHOLE_BYTES = 1024 * 1024;

    private static final int MAX_SHORTENED_BODY_BYTES = 64 * 1024;
    private static final int MAX_SHORTENED_HEADER_BYTES = 1024;
    private static final int MAX_SHORTENED_HEADERS = 50;
    private static final Pattern ANY_UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    static DeadLetter of(String dlqTopic, Origin origin, ConsumerRecord<String, byte[]> source, String failure) {
        String reason = oneLine(failure, MAX_REASON);
        String originalKey = source.key() == null ? "" : source.key();
        String key = oneLine(originalKey, MAX_KEY) + "#" + origin.partition() + "-" + origin.offset();
        ProducerRecord<String, byte[]> copy =
                size(source) <= MAX_WHOLE_BYTES ? whole(dlqTopic, key, source) : shortened(dlqTopic, key, source);
        Headers headers = copy.headers();
        set(headers, REASON, reason);
        set(headers, TOPIC, origin.topic().topicName());
        set(headers, PARTITION, Integer.toString(origin.partition()));
        set(headers, OFFSET, Long.toString(origin.offset()));
        return new DeadLetter(key, mentions(copy), reason, copy);
    }

    private static ProducerRecord<String, byte[]> whole(
            String dlqTopic, String key, ConsumerRecord<String, byte[]> source) {
        // A null value would erase the letter. A tombstone is stored as an empty body with a header.
        byte[] body = source.value() == null ? new byte[0] : source.value();
        ProducerRecord<String, byte[]> copy = new ProducerRecord<>(dlqTopic, key, body);
        for (Header header : source.headers()) {
            if (!isOwn(header)) {
                copy.headers().add(header);
            }
        }
        if (source.key() != null) {
            set(copy.headers(), KEY, source.key());
        }
        if (source.value() == null) {
            set(copy.headers(), TOMBSTONE, "true");
        }
        return copy;
    }

    private static ProducerRecord<String, byte[]> shortened(
            String dlqTopic, String key, ConsumerRecord<String, byte[]> source) {
        byte[] original = source.value() == null ? new byte[0] : source.value();
        byte[] body = Arrays.copyOf(original, Math.min(original.length, MAX_SHORTENED_BODY_BYTES));
        ProducerRecord<String, byte[]> copy = new ProducerRecord<>(dlqTopic, key, body);
        int headers = 0;
        for (Header header : source.headers()) {
            if (!isOwn(header) && headers < MAX_SHORTENED_HEADERS && size(header) <= MAX_SHORTENED_HEADER_BYTES) {
                copy.headers().add(header);
                headers++;
            }
        }
        set(copy.headers(), BODY_BYTES, Integer.toString(original.length));
        return copy;
    }

    /** A record may come from a replay, or pretend to. */
    private static boolean isOwn(Header header) {
        return header.key().startsWith(OWN_HEADERS);
    }

    private static int size(ConsumerRecord<String, byte[]> source) {
        long size = Math.max(0, source.serializedKeySize()) + (long) Math.max(0, source.serializedValueSize());
        for (Header header : source.headers()) {
            size += size(header);
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static int size(Header header) {
        return header.key().length() + (header.value() == null ? 0 : header.value().length);
    }

    private static Set<UUID> mentions(ProducerRecord<String, byte[]> copy) {
        Set<UUID> mentions = new LinkedHashSet<>();
        find(copy.key(), mentions);
        find(new String(copy.value(), StandardCharsets.ISO_8859_1), mentions);
        for (Header header : copy.headers()) {
            if (header.value() != null) {
                find(new String(header.value(), StandardCharsets.ISO_8859_1), mentions);
            }
        }
        return mentions;
    }

    private static void find(String text, Set<UUID> mentions) {
        Matcher matcher = ANY_UUID.matcher(text);
        while (matcher.find()) {
            mentions.add(UUID.fromString(matcher.group().toLowerCase(Locale.ROOT)));
        }
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** PostgreSQL's type text cannot hold NUL, and a log line no line break; a foreign record may contain both. */
    private static String oneLine(String text, int maxLength) {
        String line = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= maxLength ? line : line.substring(0, maxLength - 1) + "…";
    }
}
