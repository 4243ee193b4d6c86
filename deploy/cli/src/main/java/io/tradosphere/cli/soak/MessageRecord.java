package io.tradosphere.cli.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A record of the messages that were acknowledged to their senders, and of those that arrived on event streams. */
final class MessageRecord {

    /**
     * Who writes to whom.
     *
     * @param sender the sender's id
     * @param recipient the recipient's id
     */
    record Way(UUID sender, UUID recipient) {}

    private final Map<Way, List<String>> acknowledged = new HashMap<>();
    private final Map<Way, List<String>> delivered = new HashMap<>();

    /** Records a message's id when its sender has the response. */
    synchronized void acknowledged(Way way, String message) {
        acknowledged.computeIfAbsent(way, any -> new ArrayList<>()).add(message);
    }

    /** Records a message's id when its recipient's stream brings it. */
    synchronized void delivered(Way way, String message) {
        delivered.computeIfAbsent(way, any -> new ArrayList<>()).add(message);
    }

    /** How many messages were acknowledged. */
    synchronized long size() {
        return acknowledged.values().stream().mapToLong(List::size).sum();
    }

    /** How many messages arrived. */
    synchronized long arrived() {
        return delivered.values().stream().mapToLong(List::size).sum();
    }

    /** Whether as many arrived as were acknowledged, of each way. */
    synchronized boolean isDelivered() {
        return acknowledged.entrySet().stream()
                .allMatch(
                        sent -> delivered.getOrDefault(sent.getKey(), List.of()).size()
                                >= sent.getValue().size());
    }

    /** How many messages each sender has sent to this person. */
    synchronized Map<UUID, Long> sentTo(UUID recipient) {
        Map<UUID, Long> sent = new HashMap<>();
        acknowledged.forEach((way, messages) -> {
            if (way.recipient().equals(recipient)) {
                sent.put(way.sender(), (long) messages.size());
            }
        });
        return sent;
    }

    /** Messages that were lost, doubled, or arrived in another order than they were sent in; one line a kind. */
    synchronized List<String> violations() {
        long lost = 0;
        long doubled = 0;
        long unordered = 0;
        for (Map.Entry<Way, List<String>> sent : acknowledged.entrySet()) {
            List<String> arrived = delivered.getOrDefault(sent.getKey(), List.of());
            HashSet<String> distinct = new HashSet<>(arrived);
            doubled += arrived.size() - distinct.size();
            lost += sent.getValue().stream()
                    .filter(message -> !distinct.contains(message))
                    .count();
            if (distinct.size() == arrived.size()
                    && distinct.containsAll(sent.getValue())
                    && !arrived.equals(sent.getValue())) {
                unordered++;
            }
        }
        List<String> violations = new ArrayList<>();
        add(violations, lost, " acknowledged messages did not arrive on event streams");
        add(violations, doubled, " messages arrived twice on event streams");
        add(violations, unordered, " conversations arrived in another order, or with messages nobody acknowledged");
        return violations;
    }

    private static void add(List<String> violations, long count, String what) {
        if (count > 0) {
            violations.add(count + what);
        }
    }
}
