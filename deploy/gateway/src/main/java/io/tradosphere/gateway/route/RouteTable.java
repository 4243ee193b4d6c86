package io.tradosphere.gateway.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routing table: every public path prefix and the service that owns it, from the services' descriptions. Other paths are not
 * reachable.
 */
public final class RouteTable {

    private static final List<Route> ROUTES =
            Service.all().stream().flatMap(RouteTable::routes).toList();

    private static final Route[] IN_ORDER = ROUTES.toArray(Route[]::new);

    private RouteTable() {}

    private static Stream<Route> routes(Service service) {
        return Stream.concat(
                service.routes().stream().map(prefix -> Route.to(service, prefix)),
                service.streams().stream().map(prefix -> Route.streamTo(service, prefix)));
    }

    /** All entries. */
    public static List<Route> all() {
        return ROUTES;
    }

    /** The route of a path without query, such as those of an OpenAPI document. */
    public static Optional<Route> of(String path) {
        return Optional.ofNullable(find(path, path.length()));
    }

    /**
     * The route of a request.
     *
     * @param target raw path, possibly with a query
     * @param end where the path ends in {@code target}
     * @return null when no service owns the path; not an Optional, since this runs for every request
     */
    public static Route find(String target, int end) {
        for (Route route : IN_ORDER) {
            if (route.covers(target, end)) {
                return route;
            }
        }
        return null;
    }
}
