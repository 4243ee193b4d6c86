package io.tradosphere.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every page the {@code Link} to the next. */
class PageLinks {

    @ServerResponseFilter
    void link(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Page<?> page && page.nextCursor() != null) {
            // Relative to the request, so that it holds behind any gateway.
            String next = request.getUriInfo()
                    .getRequestUriBuilder()
                    .replaceQueryParam("cursor", page.nextCursor())
                    .build()
                    .getRawQuery();
            String path = request.getUriInfo().getRequestUri().getRawPath();
            response.getHeaders().add("Link", "<" + path + "?" + next + ">; rel=\"next\"");
        }
    }
}
