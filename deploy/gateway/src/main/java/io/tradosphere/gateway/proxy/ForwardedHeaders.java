package io.tradosphere.gateway.proxy;

import io.tradosphere.gateway.http.Compression;
import io.tradosphere.gateway.http.RequestIds;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The headers that pass between a client and a service. The proxy library removes the standard hop-by-hop headers.
 * This class removes those that {@code Connection} names, and every header that a client could forge.
 */
final class ForwardedHeaders {

    static final CharSequence HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    static final CharSequence PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    static final CharSequence FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    /** The client's address, as {@link TrustedProxies#clientOf} finds it. */
    private static final CharSequence CLIENT = HttpHeaders.createOptimized("X-Real-IP");

    private ForwardedHeaders() {}

    /**
     * Turns a client's headers into those for the service.
     *
     * @param headers a copy of the request's headers, changed in place
     */
    static void prepare(MultiMap headers, HttpServerRequest request, TrustedProxies trusted) {
        boolean vouched = trusted.vouchFor(request);
        String clientChain = vouched ? String.join(", ", headers.getAll(FOR)) : "";
        String clientProto = vouched ? headers.get(PROTO) : null;
        String clientHost = vouched ? headers.get(HOST) : null;
        dropForgeable(headers);
        headers.set(CLIENT, trusted.clientOf(request));

        String peer = request.remoteAddress().hostAddress();
        headers.set(FOR, clientChain.isEmpty() ? peer : clientChain + ", " + peer);
        headers.set(PROTO, clientProto == null ? request.scheme() : clientProto);
        HostAndPort authority = request.authority();
        if (clientHost != null) {
            headers.set(HOST, clientHost);
        } else if (authority != null) {
            headers.set(HOST, authority.toString());
        }
        Compression.restoreTags(headers);
    }

    /** Removes the headers of a response that concern only the connection to the service. */
    static void prepareResponse(MultiMap headers) {
        String connection = headers.get(HttpHeaders.CONNECTION);
        if (connection != null) {
            headers.remove(HttpHeaders.CONNECTION);
            if (isMoreThanPersistence(connection)) {
                dropListed(headers, connection);
            }
        }
        headers.remove(HttpHeaders.KEEP_ALIVE);
        headers.remove(HttpHeaders.UPGRADE);
        // The gateway sets these itself.
        headers.remove(RequestIds.HEADER);
    }

    private static void dropForgeable(MultiMap headers) {
        List<String> doomed = null;
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (isForgeable(name)) {
                doomed = doomed == null ? new ArrayList<>() : doomed;
                doomed.add(name);
            } else if (name.equalsIgnoreCase("connection") && isMoreThanPersistence(header.getValue())) {
                doomed = doomed == null ? new ArrayList<>() : doomed;
                addListed(doomed, header.getValue());
            }
        }
        if (doomed != null) {
            doomed.forEach(headers::remove);
        }
    }

    /** Switches on the first letter, since it runs for every header of every request. */
    private static boolean isForgeable(String name) {
        return switch (name.charAt(0)) {
            case 'x', 'X' -> name.regionMatches(true, 0, "x-forwarded-", 0, 12) || name.equalsIgnoreCase("x-real-ip");
            case 'f', 'F' -> name.equalsIgnoreCase("forwarded");
            case 'p', 'P' -> name.equalsIgnoreCase("proxy-connection") || name.equalsIgnoreCase("proxy");
            case 'e', 'E' -> name.equalsIgnoreCase("expect");
            default -> false;
        };
    }

    private static boolean isMoreThanPersistence(String connection) {
        return !connection.equalsIgnoreCase("keep-alive") && !connection.equalsIgnoreCase("close");
    }

    private static void dropListed(MultiMap headers, String connection) {
        List<String> listed = new ArrayList<>();
        addListed(listed, connection);
        listed.forEach(headers::remove);
    }

    /** {@code Connection} may not name the headers that frame the body. */
    private static void addListed(List<String> names, String connection) {
        for (String token : connection.split(",", -1)) {
            String name = token.strip();
            if (!name.isEmpty() && !name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                names.add(name);
            }
        }
    }
}
