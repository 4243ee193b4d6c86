package io.tradosphere.gateway.route;

/**
 * One entry of the routing table.
 *
 * @param prefix raw path prefix, matched at a segment boundary
 * @param service the service that owns it
 * @param stream whether its responses are event streams, each of which occupies a connection
 */
public record Route(String prefix, Service service, boolean stream) {

    static Route to(Service service, String prefix) {
        return new Route(prefix, service, false);
    }

    static Route streamTo(Service service, String prefix) {
        return new Route(prefix, service, true);
    }

    /**
     * Whether the path has this prefix.
     *
     * @param target raw path, possibly with a query
     * @param end where the path ends in {@code target}
     */
    boolean covers(String target, int end) {
        int length = prefix.length();
        return end >= length && (end == length || target.charAt(length) == '/') && target.startsWith(prefix);
    }
}
