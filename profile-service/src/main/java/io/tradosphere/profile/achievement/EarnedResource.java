package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.profile.achievement.AchievementViews.EarnedAchievement;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of the achievements a profile has earned. */
@Path("/v1/profiles/{id}/achievements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements")
class EarnedResource {

    private final Achievements achievements;

    EarnedResource(Achievements achievements) {
        this.achievements = achievements;
    }

    /**
     * Lists the achievements that a profile has earned, newest first.
     *
     * @param profile the id of the profile
     * @return a page of the list
     * @throws Problem {@code unknown-profile} (404)
     */
    @GET
    @Operation(operationId = "listEarnedAchievements")
    public Uni<Page<EarnedAchievement>> earned(
            @PathParam("id") UUID profile, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return achievements.earnedBy(profile, PageRequest.of(limit, cursor));
    }
}
