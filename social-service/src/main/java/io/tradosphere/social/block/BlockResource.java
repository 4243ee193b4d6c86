package io.tradosphere.social.block;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
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

/** Blocking people. */
@Path("/v1/follows/blocks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Blocks")
class BlockResource {

    private final Blocks blocks;
    private final CurrentCaller current;

    BlockResource(Blocks blocks, CurrentCaller current) {
        this.blocks = blocks;
        this.current = current;
    }

    @PUT
    @Path("/{profileId}")
    @Operation(operationId = "block", summary = "Blocks somebody and ends the follows between the two")
    @APIResponse(responseCode = "204", description = "The profile is blocked")
    public Uni<Void> block(@PathParam("profileId") UUID profile) {
        return blocks.block(current.required(), profile);
    }

    @DELETE
    @Path("/{profileId}")
    @Operation(operationId = "unblock", summary = "Lifts a block; where there is none, nothing changes")
    @APIResponse(responseCode = "204", description = "The profile is not blocked")
    public Uni<Void> unblock(@PathParam("profileId") UUID profile) {
        return blocks.unblock(current.required(), profile);
    }

    @GET
    @Operation(operationId = "listBlocks", summary = "Lists whom the caller has blocked, newest first")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<BlockView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return blocks.list(current.required(), PageRequest.of(limit, cursor));
    }
}
