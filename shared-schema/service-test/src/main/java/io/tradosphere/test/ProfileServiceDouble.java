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

/** Stands in for profile-service where the slice's copy lags: answers what a test has told it of people. */
public final class ProfileServiceDouble implements QuarkusTestResourceLifecycleManager {

    private static final Map<UUID, String> PEOPLE = new ConcurrentHashMap<>();
    private static final EventCodec CODEC = new EventCodec();
    private static volatile boolean away;

    private HttpServer server;

    /** From now on profile-service knows this of somebody, though no event may have told the slice. */
    public static void knows(ProfileState profile, long sequence) {
        String state = new String(CODEC.encode(new ProfileCreated(profile)), StandardCharsets.UTF_8);
        PEOPLE.put(profile.profileId(), "{\"sequence\":" + sequence + ",\"profile\":" + state + "}");
    }

    /** From now on profile-service knows nobody of this id. */
    public static void forgets(UUID person) {
        PEOPLE.remove(person);
    }

    /** Runs something while profile-service fails every request. */
    public static void whileAway(Runnable work) {
        away = true;
        try {
            work.run();
        } finally {
            away = false;
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
        server.createContext("/internal/v1/profiles", ProfileServiceDouble::answer);
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

    private static void answer(HttpExchange exchange) throws IOException {
        String ids = exchange.getRequestURI().getQuery().replaceFirst("^ids=", "");
        String known = Arrays.stream(ids.split(","))
                .map(UUID::fromString)
                .map(PEOPLE::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(",", "[", "]"));
        byte[] body = known.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
