package io.tradosphere.topics;

import java.util.List;

/**
 * How the topics on a broker compare with the event contract.
 *
 * @param missing the names in Kafka of topics that do not exist
 * @param differences what differs in those that do
 */
public record Comparison(List<String> missing, List<Difference> differences) {

    /** Copies the lists. */
    public Comparison {
        missing = List.copyOf(missing);
        differences = List.copyOf(differences);
    }

    /** Whether every topic is as the contract says. */
    public boolean isEqual() {
        return missing.isEmpty() && differences.isEmpty();
    }
}
