package io.tradosphere.platform.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A response filter that sends 304 instead of a body whose entity tag is in {@code If-None-Match}. */
class ConditionalReads {

    private static final int NOT_MODIFIED = 304;

    @ServerResponseFilter
    void compare(ContainerRequestContext request, ContainerResponseContext response) {
        boolean reads = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (reads
                && response.getStatus() == 200
                && known != null
                && Etags.matches(known, response.getHeaderString(HttpHeaders.ETAG))) {
            response.setStatus(NOT_MODIFIED);
            response.setEntity(null);
        }
    }
}
