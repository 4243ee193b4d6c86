package io.tradosphere.billing.webhook;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource that Stripe sends its events to. */
@Path("/v1/webhooks/stripe")
@Tag(name = "Webhooks", description = "What providers send.")
class WebhookResource {

    private final Webhooks webhooks;

    WebhookResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /**
     * Receives an event of Stripe's, signed with the endpoint's secret. Each event counts once.
     *
     * @param signature Stripe's time and HMAC-SHA256 of the exact bytes of the body
     * @throws Problem {@code bad-signature} (400)
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirements
    @Operation(operationId = "receiveStripeEvent")
    @APIResponse(responseCode = "204", description = "The event is stored, and is applied soon")
    public Uni<Void> receive(
            @HeaderParam("Stripe-Signature") String signature,
            @RequestBody(content = @Content(schema = @Schema(implementation = Object.class))) byte[] body) {
        return webhooks.receive(body, signature);
    }
}
