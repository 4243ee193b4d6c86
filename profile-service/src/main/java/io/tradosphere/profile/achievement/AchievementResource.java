package io.tradosphere.profile.achievement;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.IdempotentWrites;
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

/** The achievements there are. */
@Path("/v1/achievements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Achievements")
class AchievementResource {

    private final Achievements achievements;
    private final IdempotentWrites writes;
    private final CurrentCaller current;

    AchievementResource(Achievements achievements, IdempotentWrites writes, CurrentCaller current) {
        this.achievements = achievements;
        this.writes = writes;
        this.current = current;
    }

    @GET
    @Operation(operationId = "listAchievements", summary = "Lists the achievements there are, newest first")
    public Uni<Page<Achievement>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return achievements.list(PageRequest.of(limit, cursor));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createAchievement",
            summary = "Makes an achievement; whoever already qualifies gets it too")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Achievement.class)))
    public Uni<Response> create(@NotNull(message = "is required") @Valid NewAchievement made) {
        Caller admin = current.required().asAdmin();
        return writes.writeAsAdmin(admin, made, tx -> achievements.create(tx, made))
                .onFailure()
                .transform(Achievements::explain);
    }
}
