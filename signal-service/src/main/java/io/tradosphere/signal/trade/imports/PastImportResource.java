package io.tradosphere.signal.trade.imports;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the caller's imports. */
@Path("/v1/trades/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class PastImportResource {

    private final PastImports imports;
    private final CurrentCaller current;

    PastImportResource(PastImports imports, CurrentCaller current) {
        this.imports = imports;
        this.current = current;
    }

    /**
     * Lists the caller's imports that entered trades, newest first.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @SecurityRequirement(name = "bearer")
    @Operation(operationId = "listImports")
    public Uni<Page<PastImport>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return imports.list(current.required(), PageRequest.of(limit, cursor));
    }

    /**
     * Takes an import of the caller's back: its trades are deleted and no longer count anywhere. Refused when one of them
     * was changed since.
     *
     * @param source the id of the import
     * @throws Problem {@code conflict} (409), {@code profile-required} (403)
     */
    @DELETE
    @Path("/{importId}")
    @Operation(operationId = "takeBackImport")
    @APIResponse(responseCode = "204", description = "The trades of the import are deleted")
    public Uni<Void> takeBack(@PathParam("importId") UUID source) {
        return imports.takeBack(current.required(), source);
    }
}
