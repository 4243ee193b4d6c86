package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Normal requests within the rate limits: reads of profiles and signals, and follows with their recorded responses. */
final class NormalLoad implements AutoCloseable {

    static final int CLIENTS = 8;
    private static final long THINK_TIME_MILLIS = 250;

    private final Gateway gateway;
    private final TestUsers users;
    private final FollowRecord record;
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private List<Long> latencies = new ArrayList<>();
    private volatile boolean over;

    NormalLoad(Gateway gateway, TestUsers users, FollowRecord record) {
        this.gateway = gateway;
        this.users = users;
        this.record = record;
    }

    void begin() {
        for (int client = 0; client < CLIENTS; client++) {
            TestUser own = users.followers().get(client);
            threads.submit(() -> request(own));
        }
    }

    /** The latencies since the last call. */
    synchronized Latencies take() {
        Latencies taken = new Latencies(latencies);
        latencies = new ArrayList<>();
        return taken;
    }

    /** How often each method had which other result than it should, since the last call. */
    Map<String, Long> takeFailures() {
        Map<String, Long> taken = new TreeMap<>();
        for (String kind : List.copyOf(failures.keySet())) {
            taken.put(kind, failures.remove(kind).sum());
        }
        return taken;
    }

    private synchronized void add(long nanos) {
        latencies.add(nanos);
    }

    private void request(TestUser own) {
        Random random = new Random();
        while (!over) {
            TestUser other =
                    users.followed().get(random.nextInt(users.followed().size()));
            timed("GET", "/v1/profiles/" + other.id(), own, 200);
            timed("GET", "/v1/signals", own, 200);
            Pair pair = new Pair(own.id(), other.id());
            boolean follow = !record.follows(pair);
            if (timed(follow ? "PUT" : "DELETE", "/v1/follows/" + other.id(), own, 204)) {
                record.acknowledged(pair, follow);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(THINK_TIME_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean timed(String method, String path, TestUser user, int expected) {
        long begun = System.nanoTime();
        String result;
        try {
            result = String.valueOf(
                    gateway.send(method, path, user.token(), null).status());
        } catch (StackException noResponse) {
            result = "no response";
        }
        add(System.nanoTime() - begun);
        boolean good = result.equals(String.valueOf(expected));
        if (!good) {
            failures.computeIfAbsent(method + " " + result, kind -> new LongAdder())
                    .increment();
        }
        return good;
    }

    /** Lets every client finish its last request. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new StackException("A normal request has no response after a minute.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    /** Response times. */
    record Latencies(List<Long> nanos) {

        Latencies {
            nanos = nanos.stream().sorted().toList();
        }

        /** The 99th percentile. */
        Duration p99() {
            return nanos.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofNanos(nanos.get((int) Math.ceil(nanos.size() * 0.99) - 1));
        }
    }
}
