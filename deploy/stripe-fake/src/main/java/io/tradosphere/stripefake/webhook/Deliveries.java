package io.tradosphere.stripefake.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends events to endpoints: to each endpoint one at a time in order, unless the {@link Disorder} says otherwise. What
 * isn't answered by 2xx is sent again, with growing pauses by the fake's clock, for about three days. Used under the
 * world's lock, except where said.
 */
public final class Deliveries implements AutoCloseable {

    private static final int LOGGED = 5_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(12),
            Duration.ofHours(12),
            Duration.ofHours(12),
            Duration.ofHours(12));

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Deque<Delivery> log = new ArrayDeque<>();
    private final Map<String, CompletableFuture<Void>> tails = new HashMap<>();
    private final Random random;
    private Disorder disorder = Disorder.NONE;
    private long numbers;
    private int flying;
    private boolean closed;
    private boolean muted;

    /** @param seed what the disorder is drawn from */
    public Deliveries(long seed) {
        random = new Random(seed);
    }

    /** Changes how webhooks go astray from now on. */
    public void disorder(Disorder given, Long seed) {
        disorder = given;
        if (seed != null) {
            random.setSeed(seed);
        }
    }

    /** While it is muted, events are sent to nobody: they were, when they happened first. */
    public void mute(boolean given) {
        muted = given;
    }

    /** Sends an event to each endpoint that wants it. Returns how many these are. */
    int enqueue(World world, Resource event) {
        List<Resource> endpoints = world.store().all("webhook_endpoint", endpoint -> Endpoints.wants(endpoint, event));
        if (muted) {
            return 0;
        }
        for (Resource endpoint : endpoints) {
            Delivery delivery = logged(event, endpoint);
            boolean lost = random.nextDouble() < disorder.lost();
            long delay = disorder.delay(random);
            boolean doubled = random.nextDouble() < disorder.doubled();
            boolean forged = random.nextDouble() < disorder.forged();
            if (disorder.held()) {
                delivery.state = Delivery.State.HELD;
            } else if (lost) {
                delivery.state = Delivery.State.LOST;
            } else {
                send(world, delivery, delay);
                if (doubled) {
                    send(world, logged(event, endpoint), disorder.delay(random));
                }
            }
            if (forged && !disorder.held()) {
                forge(world, event, endpoint);
            }
        }
        return endpoints.size();
    }

    /** Sends an event now, to all its endpoints or to one. */
    public void resend(World world, Resource event, String endpointId) {
        world.store().all("webhook_endpoint", endpoint -> Endpoints.wants(endpoint, event)).stream()
                .filter(endpoint -> endpointId == null || endpoint.id().equals(endpointId))
                .forEach(endpoint -> send(world, logged(event, endpoint), 0));
    }

    /** Sends what is held, in this order: {@code created}, {@code reversed} or {@code shuffled}. */
    public void release(World world, String order) {
        List<Delivery> held = new ArrayList<>(
                log.stream().filter(one -> one.state == Delivery.State.HELD).toList());
        if (order.equals("reversed")) {
            Collections.reverse(held);
        } else if (order.equals("shuffled")) {
            Collections.shuffle(held, random);
        }
        held.forEach(delivery -> send(world, delivery, 0));
    }

    /** The latest deliveries, oldest first. */
    public List<ObjectNode> log() {
        return log.stream().map(Delivery::json).toList();
    }

    /** What would be posted, and its signature of now. */
    public static ObjectNode signed(Resource event, Resource endpoint) {
        String payload = payload(event, endpoint);
        return Json.object("payload", payload, "signature", sign(payload, endpoint, 0));
    }

    /**
     * Waits until nothing is on its way. Must not be called under the world's lock.
     *
     * @return false when that takes longer than this
     */
    public boolean settle(World world, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (world) {
            while (flying > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    world.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    /** Sends nothing more. */
    @Override
    public void close() {
        closed = true;
    }

    private Delivery logged(Resource event, Resource endpoint) {
        Delivery delivery = new Delivery("dlv_" + ++numbers, event, endpoint);
        log.add(delivery);
        if (log.size() > LOGGED) {
            log.removeFirst();
        }
        return delivery;
    }

    private void send(World world, Delivery delivery, long delay) {
        delivery.state = Delivery.State.SENDING;
        flying++;
        Runnable post = () -> post(world, delivery.event, delivery.endpoint, null)
                .thenAccept(status -> done(world, delivery, status));
        if (delay > 0) {
            CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS).execute(post);
            return;
        }
        CompletableFuture<Void> tail =
                tails.getOrDefault(delivery.endpoint.id(), CompletableFuture.completedFuture(null));
        tails.put(
                delivery.endpoint.id(),
                tail.thenComposeAsync(before -> post(world, delivery.event, delivery.endpoint, null))
                        .thenAccept(status -> done(world, delivery, status)));
    }

    private void done(World world, Delivery delivery, int status) {
        synchronized (world) {
            flying--;
            delivery.attempts++;
            delivery.lastStatus = status;
            if (status >= 200 && status < 300) {
                if (delivery.event.number("pending_webhooks") > 0 && delivery.state != Delivery.State.DELIVERED) {
                    delivery.event.add("pending_webhooks", -1);
                }
                delivery.state = Delivery.State.DELIVERED;
            } else if (delivery.attempts > PAUSES.size() || !delivery.endpoint.hasStatus("enabled")) {
                delivery.state = Delivery.State.FAILED;
            } else {
                delivery.state = Delivery.State.WAITING;
                long pause = PAUSES.get(delivery.attempts - 1).toSeconds();
                world.clock().at(delivery.id, world.clock().now() + pause, () -> send(world, delivery, 0));
            }
            world.notifyAll();
        }
    }

    /** A forgery: a wrong secret, a changed body, or an old signature. */
    private void forge(World world, Resource event, Resource endpoint) {
        flying++;
        int way = random.nextInt(3);
        String real = payload(event, endpoint);
        String forged =
                real.replace(event.id(), event.id() + "x").replace("\"livemode\" : false", "\"livemode\" : true");
        String signature = way == 0
                ? Signature.header(System.currentTimeMillis() / 1000, forged, List.of("whsec_of_a_stranger"))
                : way == 1 ? sign(real, endpoint, 0) : sign(forged, endpoint, 86_400);
        post(world, event, endpoint, Json.object("payload", forged, "signature", signature))
                .thenAccept(ignored -> {
                    synchronized (world) {
                        flying--;
                        world.notifyAll();
                    }
                });
    }

    private CompletableFuture<Integer> post(World world, Resource event, Resource endpoint, ObjectNode instead) {
        if (closed) {
            return CompletableFuture.completedFuture(0);
        }
        ObjectNode message;
        synchronized (world) {
            message = instead == null ? signed(event, endpoint) : instead;
        }
        URI url;
        try {
            url = new URI(endpoint.text("url"));
        } catch (java.net.URISyntaxException noUrl) {
            return CompletableFuture.completedFuture(0);
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .header("Stripe-Signature", message.get("signature").asText())
                .POST(HttpRequest.BodyPublishers.ofString(message.get("payload").asText()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? response.statusCode() : 0);
    }

    private static String payload(Resource event, Resource endpoint) {
        ObjectNode copy = event.json().deepCopy();
        if (endpoint.text("api_version") != null) {
            copy.put("api_version", endpoint.text("api_version"));
        }
        return Json.text(copy);
    }

    /** Signed by real time, whatever the fake's clock says: receivers compare with theirs. */
    private static String sign(String payload, Resource endpoint, long age) {
        return Signature.header(System.currentTimeMillis() / 1000 - age, payload, Endpoints.secrets(endpoint));
    }
}
