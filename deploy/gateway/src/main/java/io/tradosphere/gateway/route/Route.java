package io.tradosphere.gateway.route;

/**
 * One line of the routing table.
 *
 * @param prefix raw path prefix, matched at a segment boundary
 * @param service who answers
 * @param stream whether answers are event streams, each of which holds a connection for as long as it lasts
 */
public record Route(String prefix, Service service, boolean stream) {

    static Route to(Service service, String prefix) {
        return new Route(prefix, service, false);
    }

    static Route streamTo(Service service, String prefix) {
        return new Route(prefix, service, true);
    }

    /**
     * Whether the path lies under this prefix.
     *
     * @param target raw path, a query may follow
     * @param end where the path ends in {@code target}
     */
    boolean covers(String target, int end) {
        int length = prefix.length();
        return end >= length && (end == length || target.charAt(length) == '/') && target.startsWith(prefix);
    }
}
