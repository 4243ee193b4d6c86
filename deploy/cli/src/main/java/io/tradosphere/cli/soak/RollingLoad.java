package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A load generator that reads from each service and writes follows. It sends no request twice: each one that has another
 * result than it should is a failure.
 */
final class RollingLoad {

    private static final long THINK_TIME_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    /** A list of each service but profile-service, whose profiles are read one by one. */
    private static final List<String> LISTS = List.of(
            "/v1/signals", "/v1/clans", "/v1/subscriptions", "/v1/competitions", "/v1/streams", "/v1/notifications");

    private final Gateway gateway;
    private final TestUsers users;
    private final FollowRecord record;
    private final int clients;
    private final AtomicLong requests = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads;
    private volatile boolean over;

    /** @param users as many followers as clients, or more */
    RollingLoad(Gateway gateway, TestUsers users, FollowRecord record, int clients) {
        this.gateway = gateway;
        this.users = users;
        this.record = record;
        this.clients = clients;
        this.threads = Executors.newFixedThreadPool(clients);
    }

    /** Begins. Each kind of read has had its response once by then. */
    void begin() {
        TestUser first = users.followers().get(0);
        LISTS.forEach(path -> gateway.send("GET", path, first.token(), null).orThrow("read " + path));
        for (int client = 0; client < clients; client++) {
            TestUser own = users.followers().get(client);
            threads.submit(() -> request(own));
        }
    }

    /** How many requests had a response, or failed. */
    long requests() {
        return requests.get();
    }

    /** The failures so far, one line each. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Lets every client finish its last request. */
    void end() {
        over = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                failures.add("a request has no response after a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    private void request(TestUser own) {
        Random random = new Random();
        while (!over) {
            TestUser other =
                    users.followed().get(random.nextInt(users.followed().size()));
            send("GET", "/v1/profiles/" + other.id(), own, OK);
            send("GET", LISTS.get(random.nextInt(LISTS.size())), own, OK);
            Pair pair = new Pair(own.id(), other.id());
            boolean follow = !record.follows(pair);
            if (send(follow ? "PUT" : "DELETE", "/v1/follows/" + other.id(), own, NO_CONTENT)) {
                record.acknowledged(pair, follow);
            }
            LockSupport.parkNanos(THINK_TIME_NANOS);
        }
    }

    private boolean send(String method, String path, TestUser user, int expected) {
        long begun = System.nanoTime();
        String result;
        try {
            Gateway.Response response = gateway.send(method, path, user.token(), null, Map.of());
            result = response.status() == expected ? "" : response.status() + " " + response.body();
        } catch (StackException noResponse) {
            result = noResponse.getMessage();
        }
        requests.incrementAndGet();
        if (!result.isEmpty()) {
            failures.add(method + " " + path + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)
                    + " ms: " + result);
        }
        return result.isEmpty();
    }
}
