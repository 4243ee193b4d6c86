package io.tradosphere.platform.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.identity.FilterOrder;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A request filter that judges a request by what its resource method declares, before the body is read. It refuses a missing caller,
 * a body over the limit, unknown and repeated query parameters, and cursors that this list did not issue.
 */
@ApplicationScoped
class OperationFilter {

    private static final String CURSOR = "cursor";

    /** By the method that Jakarta REST matched, which no spelling of the path evades. */
    private final Map<Method, Optional<ResourceOperation>> known = new ConcurrentHashMap<>();

    private final CurrentVertxRequest current;
    private final CurrentCaller caller;
    private final CursorSigner cursors;

    OperationFilter(CurrentVertxRequest current, CurrentCaller caller, CursorSigner cursors) {
        this.current = current;
        this.caller = caller;
        this.cursors = cursors;
    }

    @ServerRequestFilter(priority = FilterOrder.REQUEST_CHECKS)
    void check(ContainerRequestContext request, ResourceInfo matched) {
        RoutingContext context = current.getCurrent();
        known.computeIfAbsent(matched.getResourceMethod(), ResourceOperation::of)
                .ifPresent(operation -> {
                    operation.storeIn(context);
                    if (operation.needsCaller()) {
                        caller.required();
                    }
                    if (RequestLimits.declaredLength(context.request()) > operation.maxBodyBytes()) {
                        throw BodyLimits.exceeded(operation);
                    }
                    MultivaluedMap<String, String> given = request.getUriInfo().getQueryParameters();
                    checkNames(operation, given);
                    String cursor = given.getFirst(CURSOR);
                    if (cursor != null && !cursor.isEmpty()) {
                        URI uri = request.getUriInfo().getRequestUri();
                        cursors.verify(cursor, uri.getRawPath(), given);
                    }
                });
    }

    private static void checkNames(ResourceOperation operation, MultivaluedMap<String, String> given) {
        List<Violation> violations = new ArrayList<>();
        given.forEach((name, values) -> {
            if (!operation.queryParameters().contains(name)) {
                violations.add(new Violation(name, "is not a parameter of this request"));
            } else if (values.size() > 1) {
                violations.add(new Violation(name, "is given more than once"));
            }
        });
        if (!violations.isEmpty()) {
            violations.sort(Comparator.comparing(Violation::field));
            throw ProblemKind.INVALID_REQUEST.because(
                    "The request has unknown or repeated query parameters.", violations);
        }
    }
}
