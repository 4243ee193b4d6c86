package io.tradosphere.topics;

import java.util.Set;

/**
 * A setting in which a topic on a broker is not what the event contract says.
 *
 * @param topic the topic's name in Kafka
 * @param setting Kafka's name of the setting, or {@code partitions}
 * @param found the value on the broker
 * @param wanted the value in the contract
 */
public record Difference(String topic, String setting, String found, String wanted) {

    static final String UNKNOWN = "unknown";
    static final String PARTITIONS = "partitions";
    static final String LARGEST_RECORD = "max.message.bytes";

    /** Of these a lower value keeps less, or refuses records that an earlier one took. */
    private static final Set<String> ONLY_RAISED = Set.of(
            "retention.ms", "delete.retention.ms", "min.compaction.lag.ms", "max.compaction.lag.ms", LARGEST_RECORD);

    /** A new partition breaks the order of a topic's keys; another policy deletes records. */
    private static final Set<String> NEVER_CHANGED = Set.of(PARTITIONS, "cleanup.policy");

    /** Whether the setting can be changed without losing a record or the order of one. */
    boolean isHarmlessToChange() {
        return !NEVER_CHANGED.contains(setting) && (!ONLY_RAISED.contains(setting) || amount(found) < amount(wanted));
    }

    @Override
    public String toString() {
        return topic + ": " + setting + " is " + found + " and should be " + wanted;
    }

    /** In Kafka -1 is without limit. A broker that does not know a setting has none of it. */
    private static long amount(String value) {
        if (value.equals(UNKNOWN)) {
            return 0;
        }
        long amount = Long.parseLong(value);
        return amount < 0 ? Long.MAX_VALUE : amount;
    }
}
