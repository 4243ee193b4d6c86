package io.tradosphere.cli.replay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter.
 *
 * @param record its record in the dead-letter topic
 */
record Letter(ConsumerRecord<byte[], byte[]> record) {

    private static final String OWN_HEADERS = "dlq_";
    private static final String KEY = "dlq_key";
    private static final String TOMBSTONE = "dlq_tombstone";
    private static final String PARTITION = "dlq_partition";
    private static final String OFFSET = "dlq_offset";
    private static final String BODY_BYTES = "dlq_body_bytes";

    /**
     * The original position of a dead letter.
     *
     * @param partition the partition in the original topic
     * @param offset the offset in that partition
     */
    record Origin(int partition, long offset) {}

    /** The original position; empty when the letter does not carry it. */
    Optional<Origin> origin() {
        Optional<String> partition = text(PARTITION).filter(digits -> digits.matches("\\d{1,9}"));
        Optional<String> offset = text(OFFSET).filter(digits -> digits.matches("\\d{1,18}"));
        return partition.flatMap(
                number -> offset.map(position -> new Origin(Integer.parseInt(number), Long.parseLong(position))));
    }

    /** Whether the record was too large for a letter, so that only its beginning is here. */
    boolean isShortened() {
        return text(BODY_BYTES).isPresent();
    }

    /**
     * The record to publish.
     *
     * @param whole the letter itself, or the original record of a shortened one
     */
    ProducerRecord<byte[], byte[]> replay(String replayTopic, ConsumerRecord<byte[], byte[]> whole) {
        byte[] key = isShortened()
                ? whole.key()
                : Optional.ofNullable(record.headers().lastHeader(KEY))
                        .map(Header::value)
                        .orElse(null);
        byte[] value = text(TOMBSTONE).isPresent() ? null : whole.value();
        ProducerRecord<byte[], byte[]> replay = new ProducerRecord<>(replayTopic, key, value);
        for (Header header : whole.headers()) {
            if (!header.key().startsWith(OWN_HEADERS)) {
                replay.headers().add(header);
            }
        }
        // By these the group parks it again as the same letter.
        for (String name : new String[] {PARTITION, OFFSET}) {
            Optional.ofNullable(record.headers().lastHeader(name)).ifPresent(replay.headers()::add);
        }
        return replay;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
