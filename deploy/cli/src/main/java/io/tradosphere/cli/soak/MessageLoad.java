package io.tradosphere.cli.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.EventStream;
import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A load generator of people who write messages to each other, each with an event stream open. A writer repeats a request, with its
 * Idempotency-Key, until it is acknowledged.
 */
final class MessageLoad {

    /** Everybody writes to the others of their group. */
    private static final int GROUP = 8;

    /** Messages that one writer can send a second, on an idle machine. */
    private static final int A_WRITERS_RATE = 6;

    /** Where there are so many people for each, one writer is enough for a message a second, also when a response takes one. */
    private static final int PEOPLE_A_WRITER = 8;

    private static final long BEFORE_RETRY_NANOS = Duration.ofMillis(200).toNanos();
    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(60);
    private static final int CREATED = 201;
    /** What a writer may see while a process is down, or when it writes too much. */
    private static final Set<Integer> EXPECTED_FAILURES = Set.of(429, 502, 503, 504);

    private final Gateway gateway;
    private final List<TestUser> people;
    private final int writers;
    private final long thinkTimeNanos;
    private final MessageRecord record = new MessageRecord();
    private final List<EventStream> streams = new ArrayList<>();
    private final Set<String> defects = ConcurrentHashMap.newKeySet();
    private final AtomicLong repeated = new AtomicLong();
    private ExecutorService threads;
    private volatile boolean over;

    /**
     * Opens everybody's stream.
     *
     * @param perSecond how many messages are written a second, while they are accepted at once
     */
    MessageLoad(String gateway, List<TestUser> people, int perSecond) {
        this.gateway = new Gateway(gateway);
        this.people = people;
        this.writers = Math.max(
                (perSecond + A_WRITERS_RATE - 1) / A_WRITERS_RATE,
                Math.min(perSecond, people.size() / PEOPLE_A_WRITER));
        this.thinkTimeNanos = Duration.ofSeconds(1).toNanos() * writers / perSecond;
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (TestUser person : people) {
            EventStream stream =
                    new EventStream(http, gateway, person.token(), (name, data) -> received(person.id(), name, data));
            streams.add(stream);
            stream.open();
        }
        if (!Waiting.until(DELIVERY_TIMEOUT, () -> streams.stream().allMatch(EventStream::hasBegun))) {
            throw new StackException("Event streams have not begun within " + DELIVERY_TIMEOUT.toSeconds() + " s.");
        }
    }

    /** How many event streams are open, or being opened again. */
    int streams() {
        return streams.size();
    }

    void begin() {
        over = false;
        threads = Executors.newFixedThreadPool(writers);
        for (int writer = 0; writer < writers; writer++) {
            int first = writer;
            threads.submit(() -> write(first));
        }
    }

    /** Lets every writer finish its last message. */
    void end() {
        over = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(ACKNOWLEDGE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                defects.add("a message was not acknowledged within " + ACKNOWLEDGE_TIMEOUT.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    void close() {
        streams.forEach(EventStream::close);
    }

    /** How many messages were acknowledged. */
    long messages() {
        return record.size();
    }

    /** How many requests were sent again, since they were not acknowledged. */
    long repeated() {
        return repeated.get();
    }

    /** How many of them arrived on event streams. */
    long events() {
        return record.arrived();
    }

    /** How often a stream that had ended was opened again. */
    long reopened() {
        return streams.stream().mapToLong(EventStream::reopened).sum();
    }

    /** What contradicts the acknowledged messages, one line each, when everything had its time to arrive. */
    List<String> violations() {
        Waiting.until(DELIVERY_TIMEOUT, record::isDelivered);
        List<String> violations = new ArrayList<>(defects);
        violations.addAll(record.violations());
        for (TestUser person : people) {
            Map<UUID, Long> unread = new ConcurrentHashMap<>();
            for (JsonNode conversation : gateway.send("GET", "/v1/conversations?limit=100", person.token(), null)
                    .orThrow("list conversations")
                    .json()
                    .path("items")) {
                long count = conversation.path("unreadCount").asLong(-1);
                if (count != 0) {
                    unread.put(
                            UUID.fromString(conversation.at("/peer/profileId").asText()), count);
                }
            }
            Map<UUID, Long> sent = record.sentTo(person.id());
            if (!unread.equals(sent)) {
                violations.add("unread counts of " + person.id() + " are " + unread + ", should be " + sent);
            }
        }
        return violations;
    }

    private void received(UUID person, String name, JsonNode data) {
        if (name.equals("gap")) {
            defects.add("a stream that was away for seconds has a gap");
        } else if (name.equals("message") && data.path("recipientId").asText().equals(person.toString())) {
            record.delivered(
                    new MessageRecord.Way(UUID.fromString(data.path("senderId").asText()), person),
                    data.path("id").asText());
        }
    }

    private void write(int writer) {
        Random random = new Random();
        long next = System.nanoTime();
        while (!over) {
            // A person's messages are written by one writer, one after the other.
            int sender = writer + writers * random.nextInt(people.size() / writers);
            int recipient = sender / GROUP * GROUP + (sender + 1 + random.nextInt(GROUP - 1)) % GROUP;
            if (recipient < people.size()) {
                sendUntilAcknowledged(people.get(sender), people.get(recipient));
            }
            // What was missed while a process was away is not made up for.
            next = Math.max(next + thinkTimeNanos, System.nanoTime() - thinkTimeNanos);
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void sendUntilAcknowledged(TestUser sender, TestUser recipient) {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String body = "{\"recipientId\":\"" + recipient.id() + "\",\"content\":\"To the moon\"}";
        long deadline = System.nanoTime() + ACKNOWLEDGE_TIMEOUT.toNanos();
        while (System.nanoTime() - deadline < 0) {
            try {
                Gateway.Response response = gateway.send("POST", "/v1/messages", sender.token(), body, key);
                if (response.status() == CREATED) {
                    record.acknowledged(
                            new MessageRecord.Way(sender.id(), recipient.id()),
                            response.json().path("id").asText());
                    return;
                }
                if (!EXPECTED_FAILURES.contains(response.status())) {
                    defects.add("messages failed with " + response.status());
                }
            } catch (StackException noResponse) {
                // The gateway or a service is down; the same message is sent again.
            }
            repeated.incrementAndGet();
            LockSupport.parkNanos(BEFORE_RETRY_NANOS);
        }
        defects.add("a message was not acknowledged within " + ACKNOWLEDGE_TIMEOUT.toMinutes() + " minutes");
    }
}
