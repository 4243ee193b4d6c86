package io.tradosphere.signal.trade.imports;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the caller's mappings of columns. */
@Path("/v1/trades/mappings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class MappingResource {

    private final Mappings mappings;
    private final CurrentCaller current;

    MappingResource(Mappings mappings, CurrentCaller current) {
        this.mappings = mappings;
        this.current = current;
    }

    /**
     * Lists the caller's mappings of columns, newest first.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listMappings")
    public Uni<Page<MappingView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return mappings.list(current.required(), PageRequest.of(limit, cursor));
    }

    /**
     * Sets a mapping of columns, by which files of the caller's own form are imported.
     *
     * @param name the name of the mapping, percent-encoded
     * @throws Problem {@code profile-required} (403), {@code limit-reached} (409)
     */
    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setMapping")
    @APIResponse(responseCode = "204", description = "This is the caller's mapping of that name")
    public Uni<Void> put(@PathParam("name") String name, @NotNull(message = "is required") @Valid Mapping mapping) {
        return mappings.put(current.required(), name, mapping);
    }

    /**
     * Deletes a mapping of columns; without one, nothing changes.
     *
     * @param name the name of the mapping, percent-encoded
     * @throws Problem {@code profile-required} (403)
     */
    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteMapping")
    @APIResponse(responseCode = "204", description = "The caller has no mapping of that name")
    public Uni<Void> delete(@PathParam("name") String name) {
        return mappings.delete(current.required(), name);
    }
}
