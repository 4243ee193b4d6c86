package io.tradosphere.social.block;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
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

/** The HTTP resource of blocks. */
@Path("/v1/follows/blocks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Blocks", description = "Profiles that the caller wants nothing to do with.")
class BlockResource {

    private final Blocks blocks;
    private final CurrentCaller current;

    BlockResource(Blocks blocks, CurrentCaller current) {
        this.blocks = blocks;
        this.current = current;
    }

    /**
     * Blocks a profile and ends the follows in both directions. Blocking again changes nothing.
     *
     * @param profile the id of the profile to block
     * @throws Problem {@code self-block} (400), {@code profile-required} (403), {@code unknown-profile} (404), {@code
     *     limit-reached} (409)
     */
    @PUT
    @Path("/{profileId}")
    @Operation(operationId = "block")
    @APIResponse(responseCode = "204", description = "The profile is blocked")
    public Uni<Void> block(@PathParam("profileId") UUID profile) {
        return blocks.block(current.required(), profile);
    }

    /**
     * Removes a block; without a block nothing changes.
     *
     * @param profile the id of the blocked profile
     * @throws Problem {@code profile-required} (403), {@code unknown-profile} (404)
     */
    @DELETE
    @Path("/{profileId}")
    @Operation(operationId = "unblock")
    @APIResponse(responseCode = "204", description = "The profile is not blocked")
    public Uni<Void> unblock(@PathParam("profileId") UUID profile) {
        return blocks.unblock(current.required(), profile);
    }

    /**
     * Lists the profiles that the caller has blocked, newest first.
     *
     * @return a page of the list
     * @throws Problem {@code profile-required} (403)
     */
    @GET
    @Operation(operationId = "listBlocks")
    @SecurityRequirement(name = "bearer")
    public Uni<Page<BlockView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return blocks.list(current.required(), PageRequest.of(limit, cursor));
    }
}
