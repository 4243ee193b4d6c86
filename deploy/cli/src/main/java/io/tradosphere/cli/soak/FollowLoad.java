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
 * A load generator of clients that follow and unfollow through the gateway. Each client has one request in flight and
 * repeats it until it is acknowledged. A follower belongs to one client. The last acknowledged request therefore
 * determines the expected state.
 */
final class FollowLoad {

    static final int CLIENTS = 32;

    private static final Duration ACKNOWLEDGE_TIMEOUT = Duration.ofMinutes(3);
    private static final long THINK_TIME_NANOS = Duration.ofMillis(60).toNanos();
    private static final long BEFORE_RETRY_NANOS = Duration.ofMillis(200).toNanos();
    private static final int DONE = 204;
    private static final String NO_RESPONSE = "no response";
    /** The failures that a client may see while a process is down. Any other failure is a defect. */
    private static final Set<String> EXPECTED_FAILURES = Set.of(NO_RESPONSE, "502", "503", "504");

    private final Gateway gateway;
    private final TestUsers users;
    private final FollowRecord record;
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, AtomicLong> failures = new ConcurrentHashMap<>();
    private final List<Future<?>> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private volatile boolean over;

    FollowLoad(Gateway gateway, TestUsers users, FollowRecord record) {
        this.gateway = gateway;
        this.users = users;
        this.record = record;
    }

    void begin() {
        int each = users.followers().size() / CLIENTS;
        for (int client = 0; client < CLIENTS; client++) {
            List<TestUser> own = users.followers().subList(client * each, (client + 1) * each);
            clients.add(threads.submit(() -> follow(own)));
        }
    }

    /**
     * Lets every client finish its last request.
     *
     * @throws StackException when a request is still not acknowledged after minutes; one line
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

    /** How many requests were sent, including repetitions. */
    long requests() {
        return requests.get();
    }

    /** How many requests were not acknowledged. */
    long failures() {
        return failures.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Failures that no stopped process explains, with their counts. */
    Map<String, Long> defects() {
        Map<String, Long> defects = new TreeMap<>();
        failures.forEach((kind, times) -> {
            if (!EXPECTED_FAILURES.contains(kind)) {
                defects.put(kind, times.get());
            }
        });
        return defects;
    }

    /** Waits until a request that is sent from now on is acknowledged. */
    boolean isServedWithin(Duration atMost) {
        long before = requests.get() - failures();
        // Requests in flight at this moment may have responses from before.
        return Waiting.until(atMost, () -> requests.get() - failures() > before + CLIENTS);
    }

    private void follow(List<TestUser> own) {
        Random random = new Random();
        while (!over) {
            TestUser follower = own.get(random.nextInt(own.size()));
            TestUser followed = random.nextBoolean()
                    ? users.mostFollowed()
                    : users.followed().get(random.nextInt(users.followed().size()));
            Pair pair = new Pair(follower.id(), followed.id());
            boolean repeats = random.nextInt(10) == 0;
            sendUntilAcknowledged(follower, pair, record.follows(pair) == repeats);
            LockSupport.parkNanos(THINK_TIME_NANOS);
        }
    }

    private void sendUntilAcknowledged(TestUser follower, Pair pair, boolean follow) {
        long deadline = System.nanoTime() + ACKNOWLEDGE_TIMEOUT.toNanos();
        String outcome = send(follower, pair, follow);
        while (!outcome.equals(String.valueOf(DONE))) {
            failures.computeIfAbsent(outcome, kind -> new AtomicLong()).incrementAndGet();
            if (System.nanoTime() - deadline > 0) {
                throw new StackException("A follow was not acknowledged within " + ACKNOWLEDGE_TIMEOUT.toMinutes()
                        + " minutes: " + outcome);
            }
            LockSupport.parkNanos(BEFORE_RETRY_NANOS);
            outcome = send(follower, pair, follow);
        }
        record.acknowledged(pair, follow);
    }

    private String send(TestUser follower, Pair pair, boolean follow) {
        requests.incrementAndGet();
        try {
            int status = gateway.send(
                            follow ? "PUT" : "DELETE", "/v1/follows/" + pair.followed(), follower.token(), null)
                    .status();
            return String.valueOf(status);
        } catch (StackException noResponse) {
            return NO_RESPONSE;
        }
    }
}
