package io.tradosphere.gateway.route;

import static io.tradosphere.gateway.route.Service.BILLING;
import static io.tradosphere.gateway.route.Service.COMPETITION;
import static io.tradosphere.gateway.route.Service.MESSAGING;
import static io.tradosphere.gateway.route.Service.PROFILE;
import static io.tradosphere.gateway.route.Service.SIGNAL;
import static io.tradosphere.gateway.route.Service.SOCIAL;
import static io.tradosphere.gateway.route.Service.STREAMING;

import java.util.List;
import java.util.Optional;

/** Every path prefix that is public, and the service that owns it. Nothing else can be reached from outside. */
public final class RouteTable {

    private static final List<Route> ROUTES = List.of(
            Route.to(PROFILE, "/v1/profiles"),
            Route.to(PROFILE, "/v1/achievements"),
            Route.to(SIGNAL, "/v1/signals"),
            Route.to(SIGNAL, "/v1/feed"),
            Route.to(SIGNAL, "/v1/trades"),
            Route.to(SIGNAL, "/v1/watchlists"),
            Route.to(SOCIAL, "/v1/follows"),
            Route.to(SOCIAL, "/v1/clans"),
            Route.to(BILLING, "/v1/subscriptions"),
            Route.to(BILLING, "/v1/plans"),
            Route.to(BILLING, "/v1/tiers"),
            Route.to(BILLING, "/v1/legends-pool"),
            Route.to(BILLING, "/v1/webhooks/stripe"),
            Route.to(COMPETITION, "/v1/competitions"),
            Route.to(STREAMING, "/v1/streams"),
            Route.to(STREAMING, "/v1/webhooks/agora"),
            Route.to(MESSAGING, "/v1/messages"),
            Route.to(MESSAGING, "/v1/conversations"),
            Route.to(MESSAGING, "/v1/notifications"),
            Route.streamTo(MESSAGING, "/v1/realtime"));

    private static final Route[] IN_ORDER = ROUTES.toArray(Route[]::new);

    private RouteTable() {}

    /** The whole table. */
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
     * @param target raw path, a query may follow
     * @param end where the path ends in {@code target}
     * @return null when the path is nobody's: this is called for every request, and an Optional each is not free
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
