package io.tradosphere.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A test double of profile-service's internal API. It returns the profiles that a test has set. */
public final class ProfileServiceDouble implements QuarkusTestResourceLifecycleManager {

    private static final Map<UUID, String> PROFILES = new ConcurrentHashMap<>();
    private static final EventCodec CODEC = new EventCodec();
    private static volatile boolean failing;

    private HttpServer server;

    /** Sets a profile's state, without publishing an event. */
    public static void knows(ProfileState profile, long sequence) {
        String state = new String(CODEC.encode(new ProfileCreated(profile)), StandardCharsets.UTF_8);
        PROFILES.put(profile.profileId(), "{\"sequence\":" + sequence + ",\"profile\":" + state + "}");
    }

    /** Removes a profile. */
    public static void forgets(UUID person) {
        PROFILES.remove(person);
    }

    /** Runs an action while every request fails. */
    public static void whileAway(Runnable work) {
        failing = true;
        try {
            work.run();
        } finally {
            failing = false;
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/internal/v1/profiles", ProfileServiceDouble::respond);
        server.start();
        return Map.of(
                "PROFILE_SERVICE_URL", "http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void respond(HttpExchange exchange) throws IOException {
        String ids = exchange.getRequestURI().getQuery().replaceFirst("^ids=", "");
        String known = Arrays.stream(ids.split(","))
                .map(UUID::fromString)
                .map(PROFILES::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(",", "[", "]"));
        byte[] body = known.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(failing ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
