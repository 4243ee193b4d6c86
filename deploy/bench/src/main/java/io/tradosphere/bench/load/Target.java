package io.tradosphere.bench.load;

import java.net.URI;

/**
 * Who is called.
 *
 * @param host its host
 * @param port its port
 */
public record Target(String host, int port) {

    /** The target that a URL names. */
    public static Target of(String url) {
        URI uri = URI.create(url);
        return new Target(uri.getHost().equals("localhost") ? "127.0.0.1" : uri.getHost(), uri.getPort());
    }
}
