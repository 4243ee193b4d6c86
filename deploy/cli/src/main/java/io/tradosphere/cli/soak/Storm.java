package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that follow and unfollow through the gateway, one call at a time each, and repeat a call until it is acknowledged. A
 * follower belongs to one client, so what was acknowledged last is what must stand.
 */
final class Storm {

    static final int CLIENTS = 32;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long THINKING_NANOS = Duration.ofMillis(60).toNanos();
    private static final long BEFORE_RETRY_NANOS = Duration.ofMillis(200).toNanos();
    private static final int DONE = 204;
    private static final String NO_ANSWER = "no answer";
    /** What a client may see while something is down; anything else is a defect. */
    private static final Set<String> EXCUSABLE = Set.of(NO_ANSWER, "502", "503", "504");

    private final Gateway gateway;
    private final Crowd crowd;
    private final Ledger ledger;
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private volatile boolean over;

    Storm(Gateway gateway, Crowd crowd, Ledger ledger) {
        this.gateway = gateway;
        this.crowd = crowd;
        this.ledger = ledger;
    }

    void begin() {
        int each = crowd.followers().size() / CLIENTS;
        for (int client = 0; client < CLIENTS; client++) {
            List<Person> own = crowd.followers().subList(client * each, (client + 1) * each);
            clients.add(threads.submit(() -> follow(own)));
        }
    }

    /**
     * Lets every client finish its last call.
     *
     * @throws StackException when one is still not acknowledged after minutes; one line
     */
    void end() {
        over = true;
        threads.shutdown();
        for (Future<?> client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof StackException ours ? ours : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("Interrupted", e);
            }
        }
    }

    /** How many calls were made, repeated ones included. */
    long requests() {
        return requests.get();
    }

    /** How many of them were not acknowledged. */
    long failures() {
        return failures.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** What was answered though no process that is down explains it, with how often. */
    Map<String, Long> defects() {
        Map<String, Long> defects = new TreeMap<>();
        failures.forEach((kind, times) -> {
            if (!EXCUSABLE.contains(kind)) {
                defects.put(kind, times.get());
            }
        });
        return defects;
    }

    /** Waits until a call that is made from now on is acknowledged. */
    boolean isServedWithin(Duration atMost) {
        long before = requests.get() - failures();
        // Calls under way at this moment may be answers from before.
        return Waiting.until(atMost, () -> requests.get() - failures() > before + CLIENTS);
    }

    private void follow(List<Person> own) {
        Random random = new Random();
        while (!over) {
            Person follower = own.get(random.nextInt(own.size()));
            Person followed = random.nextBoolean()
                    ? crowd.star()
                    : crowd.followed().get(random.nextInt(crowd.followed().size()));
            Pair pair = new Pair(follower.id(), followed.id());
            boolean repeats = random.nextInt(10) == 0;
            callUntilAcknowledged(follower, pair, ledger.follows(pair) == repeats);
            LockSupport.parkNanos(THINKING_NANOS);
        }
    }

    private void callUntilAcknowledged(Person follower, Pair pair, boolean follow) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String outcome = call(follower, pair, follow);
        while (!outcome.equals(String.valueOf(DONE))) {
            failures.computeIfAbsent(outcome, kind -> new AtomicLong()).incrementAndGet();
            if (System.nanoTime() - deadline > 0) {
                throw new StackException(
                        "A follow was not acknowledged within " + PATIENCE.toMinutes() + " minutes: " + outcome);
            }
            LockSupport.parkNanos(BEFORE_RETRY_NANOS);
            outcome = call(follower, pair, follow);
        }
        ledger.acknowledged(pair, follow);
    }

    private String call(Person follower, Pair pair, boolean follow) {
        requests.incrementAndGet();
        try {
            int status = gateway.send(
                            follow ? "PUT" : "DELETE", "/v1/follows/" + pair.followed(), follower.token(), null)
                    .status();
            return String.valueOf(status);
        } catch (StackException nobody) {
            return NO_ANSWER;
        }
    }
}
