package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.profile.achievement.AchievementViews.Achievement;
import io.tradosphere.profile.achievement.AchievementViews.NewAchievement;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of achievements. */
@Path("/v1/achievements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements", description = "What profiles can earn, and what they have earned.")
class AchievementResource {

    private final Achievements achievements;
    private final Creations creations;
    private final CurrentCaller current;

    AchievementResource(Achievements achievements, Creations creations, CurrentCaller current) {
        this.achievements = achievements;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Lists all achievements, newest first.
     *
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "listAchievements")
    public Uni<Page<Achievement>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return achievements.list(PageRequest.of(limit, cursor));
    }

    /**
     * Creates an achievement; profiles that already qualify are awarded it. For platform admins.
     *
     * @return the achievement
     * @throws Problem {@code admin-only} (403), {@code achievement-name-taken} (409)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createAchievement")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Achievement.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewAchievement achievement) {
        Caller admin = current.required().asAdmin();
        return creations
                .by(admin, achievement)
                .asAdminIfPossible()
                .explaining(Achievements.CONSTRAINTS)
                .run(tx -> achievements.create(tx, achievement));
    }
}
