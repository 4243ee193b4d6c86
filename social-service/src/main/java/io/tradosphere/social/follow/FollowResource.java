package io.tradosphere.social.follow;

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

/** The HTTP resource of follows. */
@Path("/v1/follows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Follows", description = "Who follows whom.")
class FollowResource {

    private final Follows follows;
    private final FollowLists lists;
    private final CurrentCaller current;

    FollowResource(Follows follows, FollowLists lists, CurrentCaller current) {
        this.follows = follows;
        this.lists = lists;
        this.current = current;
    }

    /**
     * Follows a profile; following again changes nothing.
     *
     * @param profile the id of the profile to follow
     * @throws Problem {@code self-follow} (400), {@code profile-required} (403), {@code unknown-profile} (404), {@code
     *     blocked} (403), {@code limit-reached} (409)
     */
    @PUT
    @Path("/{profileId}")
    @Operation(operationId = "follow")
    @APIResponse(responseCode = "204", description = "The caller follows the profile")
    public Uni<Void> follow(@PathParam("profileId") UUID profile) {
        return follows.follow(current.required(), profile);
    }

    /**
     * Ends a follow; without a follow nothing changes.
     *
     * @param profile the id of the profile to follow no more
     * @throws Problem {@code profile-required} (403), {@code unknown-profile} (404)
     */
    @DELETE
    @Path("/{profileId}")
    @Operation(operationId = "unfollow")
    @APIResponse(responseCode = "204", description = "The caller does not follow the profile")
    public Uni<Void> unfollow(@PathParam("profileId") UUID profile) {
        return follows.unfollow(current.required(), profile);
    }

    /**
     * Shows the follows between the caller and a profile.
     *
     * @param profile the id of the other profile
     * @return the follows in both directions
     * @throws Problem {@code profile-required} (403), {@code unknown-profile} (404)
     */
    @GET
    @Path("/{profileId}")
    @Operation(operationId = "getFollowRelation")
    @SecurityRequirement(name = "bearer")
    public Uni<Relation> relation(@PathParam("profileId") UUID profile) {
        return lists.relation(current.required(), profile);
    }

    /**
     * Lists the followers of a profile, newest first.
     *
     * @param profile the id of the followed profile
     * @return a page of the list
     * @throws Problem {@code unknown-profile} (404)
     */
    @GET
    @Path("/{profileId}/followers")
    @Operation(operationId = "listFollowers")
    public Uni<Page<FollowView>> followers(
            @PathParam("profileId") UUID profile,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return lists.followers(profile, PageRequest.of(limit, cursor));
    }

    /**
     * Lists the profiles that a profile follows, newest first.
     *
     * @param profile the id of the following profile
     * @return a page of the list
     * @throws Problem {@code unknown-profile} (404)
     */
    @GET
    @Path("/{profileId}/following")
    @Operation(operationId = "listFollowing")
    public Uni<Page<FollowView>> following(
            @PathParam("profileId") UUID profile,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return lists.following(profile, PageRequest.of(limit, cursor));
    }
}
