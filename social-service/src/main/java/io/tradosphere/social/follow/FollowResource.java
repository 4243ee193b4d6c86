package io.tradosphere.social.follow;

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

/** Following people. */
@Path("/v1/follows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Follows")
class FollowResource {

    private final Follows follows;
    private final FollowLists lists;
    private final CurrentCaller current;

    FollowResource(Follows follows, FollowLists lists, CurrentCaller current) {
        this.follows = follows;
        this.lists = lists;
        this.current = current;
    }

    @PUT
    @Path("/{profileId}")
    @Operation(operationId = "follow", summary = "Follows somebody; repeated, it changes nothing")
    @APIResponse(responseCode = "204", description = "The caller follows the profile")
    public Uni<Void> follow(@PathParam("profileId") UUID profile) {
        return follows.follow(current.required(), profile);
    }

    @DELETE
    @Path("/{profileId}")
    @Operation(operationId = "unfollow", summary = "Ends a follow; where there is none, nothing changes")
    @APIResponse(responseCode = "204", description = "The caller does not follow the profile")
    public Uni<Void> unfollow(@PathParam("profileId") UUID profile) {
        return follows.unfollow(current.required(), profile);
    }

    @GET
    @Path("/{profileId}")
    @Operation(operationId = "getFollowRelation", summary = "Shows how the caller and somebody stand")
    @SecurityRequirement(name = "bearer")
    public Uni<Relation> relation(@PathParam("profileId") UUID profile) {
        return lists.relation(current.required(), profile);
    }

    @GET
    @Path("/{profileId}/followers")
    @Operation(operationId = "listFollowers", summary = "Lists who follows somebody, newest first")
    public Uni<Page<FollowView>> followers(
            @PathParam("profileId") UUID profile,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return lists.followers(profile, PageRequest.of(limit, cursor));
    }

    @GET
    @Path("/{profileId}/following")
    @Operation(operationId = "listFollowing", summary = "Lists whom somebody follows, newest first")
    public Uni<Page<FollowView>> following(
            @PathParam("profileId") UUID profile,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return lists.following(profile, PageRequest.of(limit, cursor));
    }
}
