package io.tradosphere.stripefake;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.HttpFront;
import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.journal.Journal;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import io.tradosphere.stripefake.webhook.Deliveries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fake of Stripe on 127.0.0.1, for tests and for trying out. It keeps everything in memory, and in a file if it is given
 * one. No money moves. Set a client's API base to {@link #baseUrl} and use any key that begins with {@code sk_test_}.
 */
public final class StripeFake implements AutoCloseable {

    private static final Duration SETTLE = Duration.ofSeconds(30);

    private static final CompletionStage<HttpAnswer> STARTING =
            CompletableFuture.completedFuture(HttpAnswer.json(503, Json.object("error", "starting")));

    private final HttpFront front;
    private final ExecutorService waiting = Executors.newCachedThreadPool(StripeFake::daemon);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(StripeFake::daemon);
    private final Lock moving = new ReentrantLock();
    private volatile Backend backend;

    private StripeFake(Settings settings) {
        front = new HttpFront(
                settings.port(), request -> backend == null ? STARTING : backend.answer(request, waiting));
        backend = begin(settings);
        if (settings.running()) {
            ticker.scheduleWithFixedDelay(this::tick, 200, 200, TimeUnit.MILLISECONDS);
        }
    }

    /** With what the file has, or from nothing. */
    private Backend begin(Settings settings) {
        Journal journal = Journal.in(settings.state());
        List<String> lines = journal.read();
        if (lines.isEmpty()) {
            return beginAnew(settings);
        }
        Backend repeated;
        try {
            repeated = new Backend(this, as(Json.parse(lines.get(0)), settings), this::baseUrl, journal);
            repeated.repeat(lines.subList(1, lines.size()));
        } catch (RuntimeException differs) {
            System.err.println("The state of " + settings.state() + " cannot be made again: " + differs
                    + ". It is put aside, and the fake begins anew.");
            journal.putAside();
            return beginAnew(settings);
        }
        journal.resume();
        catchUp(repeated.world(), Json.parse(lines.get(lines.size() - 1)));
        return repeated;
    }

    private static Settings as(JsonNode heading, Settings settings) {
        return settings.as(
                heading.path("seed").asLong(),
                Instant.ofEpochSecond(heading.path("start").asLong()),
                heading.path("running").asBoolean(),
                Settings.AfterRetries.valueOf(heading.path("after_retries").asText()));
    }

    private Backend beginAnew(Settings settings) {
        Journal journal = Journal.in(settings.state());
        Backend fresh = new Backend(this, settings, this::baseUrl, journal);
        journal.begin(Json.object(
                "seed",
                settings.seed(),
                "start",
                fresh.world().clock().now(),
                "running",
                settings.running(),
                "after_retries",
                settings.afterRetries().name(),
                "real_time",
                System.currentTimeMillis() / 1000));
        return fresh;
    }

    /** A running clock runs on while the fake is down. */
    private static void catchUp(World world, JsonNode last) {
        synchronized (world) {
            long then = world.clock().now();
            long since =
                    System.currentTimeMillis() / 1000 - last.path("real_time").asLong();
            world.clock().arrive(then);
            if (world.settings().running()) {
                world.clock().advanceTo(then + Math.max(0, since));
            }
        }
    }

    /** Starts one. It is up when this returns. */
    public static StripeFake start(Settings settings) {
        return new StripeFake(settings);
    }

    /** Where it is, such as {@code http://127.0.0.1:12111}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + front.port();
    }

    /** The time of its clock. */
    public Instant now() {
        World world = backend.world();
        synchronized (world) {
            return Instant.ofEpochSecond(world.clock().now());
        }
    }

    /**
     * Lets this much time pass. What falls due happens in order; the webhooks of each step are delivered before the
     * next.
     */
    public void advance(Duration by) {
        advanceTo(now().plus(by), true);
    }

    /**
     * Moves the clock on. It never goes back.
     *
     * @param settle whether the webhooks of each step are delivered before the next
     */
    public void advanceTo(Instant to, boolean settle) {
        moving.lock();
        try {
            Backend moved = backend;
            World world = moved.world();
            boolean more = true;
            while (more) {
                synchronized (world) {
                    more = world.clock().step(to.getEpochSecond());
                    if (!more) {
                        world.clock().arrive(to.getEpochSecond());
                        moved.journal().moved(world);
                    }
                }
                if (settle) {
                    moved.deliveries().settle(world, SETTLE);
                }
            }
        } finally {
            moving.unlock();
        }
    }

    /**
     * Adds a receiver of webhooks.
     *
     * @return its id, {@code we_…}
     */
    public String addEndpoint(Settings.Endpoint endpoint) {
        HttpAnswer added = backend.controlled(new HttpRequest(
                "POST",
                "/_fake/endpoints",
                "",
                Map.of(),
                Json.object("url", endpoint.url(), "secret", endpoint.secret(), "connect", endpoint.connect())
                        .toString()));
        return Json.parse(added.body()).path("id").asText();
    }

    /** Waits until all webhooks are answered; false when that takes longer than this. */
    public boolean settle(Duration atMost) {
        return backend.deliveries().settle(backend.world(), atMost);
    }

    /**
     * An event as it would be posted to an endpoint, and its signature of now.
     *
     * @throws java.util.NoSuchElementException when there is no such event or endpoint
     */
    public SignedEvent signed(String eventId, String endpointId) {
        World world = backend.world();
        synchronized (world) {
            Resource event = world.store().find("event", eventId).orElseThrow();
            Resource endpoint =
                    world.store().find("webhook_endpoint", endpointId).orElseThrow();
            var signed = Deliveries.signed(event, endpoint);
            return new SignedEvent(
                    signed.get("payload").asText(), signed.get("signature").asText());
        }
    }

    /**
     * A webhook's body and its {@code Stripe-Signature}.
     *
     * @param payload the body
     * @param signature the header
     */
    public record SignedEvent(String payload, String signature) {}

    /** Forgets everything and begins again with this seed. */
    public void reset(long seed) {
        reset(backend.world().settings().withSeed(seed));
    }

    /** Forgets everything and begins again with these settings; the port stays. */
    public void reset(Settings settings) {
        moving.lock();
        try {
            end(backend);
            backend = beginAnew(settings);
        } finally {
            moving.unlock();
        }
    }

    @Override
    public void close() {
        end(backend);
        ticker.shutdownNow();
        waiting.shutdownNow();
        front.close();
    }

    private static void end(Backend ended) {
        synchronized (ended.world()) {
            ended.deliveries().close();
            ended.journal().close();
        }
    }

    /** One line about what it is, as JSON. */
    @Override
    public String toString() {
        return Json.object("fake", "stripe", "url", baseUrl()).toString();
    }

    private void tick() {
        World world = backend.world();
        try {
            synchronized (world) {
                world.clock().tick();
            }
        } catch (RuntimeException broken) {
            // The next tick goes on; the log says what was broken.
            broken.printStackTrace();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stripe-fake");
        thread.setDaemon(true);
        return thread;
    }
}
