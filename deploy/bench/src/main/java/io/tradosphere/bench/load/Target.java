package io.tradosphere.bench.load;

import java.net.URI;

/**
 * The address of a server.
 *
 * @param host the host
 * @param port the port
 */
public record Target(String host, int port) {

    /** The target of a URL. */
    public static Target of(String url) {
        URI uri = URI.create(url);
        return new Target(uri.getHost().equals("localhost") ? "127.0.0.1" : uri.getHost(), uri.getPort());
    }
}
