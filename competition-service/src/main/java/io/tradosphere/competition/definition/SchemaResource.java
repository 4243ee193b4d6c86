package io.tradosphere.competition.definition;

import io.tradosphere.competition.rules.PublishedSchema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** REST resource that serves the JSON Schemas of competition rules and scoring metrics. */
@Path("/v1/competitions/schemas")
@Produces(SchemaResource.MEDIA_TYPE)
@Tag(name = "Competitions")
class SchemaResource {

    /** The media type of a JSON Schema. */
    static final String MEDIA_TYPE = "application/schema+json";

    /**
     * Returns the JSON Schema of a competition's rules.
     *
     * @return the JSON Schema, draft 2020-12
     */
    @GET
    @Path("/rules")
    @Operation(operationId = "getRulesSchema")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Object.class)))
    public Response rules() {
        return response(PublishedSchema.RULES);
    }

    /**
     * Returns the JSON Schema of a competition's scoring metrics.
     *
     * @return the JSON Schema, draft 2020-12
     */
    @GET
    @Path("/scoring-metrics")
    @Operation(operationId = "getScoringMetricsSchema")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = MEDIA_TYPE, schema = @Schema(implementation = Object.class)))
    public Response scoringMetrics() {
        return response(PublishedSchema.SCORING_METRICS);
    }

    private static Response response(PublishedSchema schema) {
        return Response.ok(schema.text(), MEDIA_TYPE).build();
    }
}
