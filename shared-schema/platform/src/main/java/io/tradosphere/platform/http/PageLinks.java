package io.tradosphere.platform.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A response filter that authenticates the cursor of a page, and adds the {@code Link} to the next page. */
class PageLinks {

    private final CursorSigner cursors;

    PageLinks(CursorSigner cursors) {
        this.cursors = cursors;
    }

    @ServerResponseFilter
    void link(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Page<?> unsigned && unsigned.nextCursor() != null) {
            String path = request.getUriInfo().getRequestUri().getRawPath();
            Page<?> page = cursors.sign(unsigned, path, request.getUriInfo().getQueryParameters());
            response.setEntity(page);
            // Relative to the request, so that it is valid behind any gateway.
            String next = request.getUriInfo()
                    .getRequestUriBuilder()
                    .replaceQueryParam("cursor", page.nextCursor())
                    .build()
                    .getRawQuery();
            response.getHeaders().add("Link", "<" + path + "?" + next + ">; rel=\"next\"");
        }
    }
}
