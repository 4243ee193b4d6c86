package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
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

/** Who has earned which achievements. */
@Path("/v1/profiles/{id}/achievements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements")
class EarnedResource {

    private final Achievements achievements;

    EarnedResource(Achievements achievements) {
        this.achievements = achievements;
    }

    @GET
    @Operation(operationId = "listEarnedAchievements", summary = "Lists what somebody has earned, newest first")
    public Uni<Page<EarnedAchievement>> earned(
            @PathParam("id") UUID profile, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return achievements.earnedBy(profile, PageRequest.of(limit, cursor));
    }
}
