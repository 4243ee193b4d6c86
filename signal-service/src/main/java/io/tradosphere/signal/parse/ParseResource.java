package io.tradosphere.signal.parse;

import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource that parses free text into the fields of a signal. */
@Path("/v1/signals/parse")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals")
class ParseResource {

    private final CurrentCaller current;

    ParseResource(CurrentCaller current) {
        this.current = current;
    }

    /**
     * Reads the fields of a signal from free text and lists what is uncertain. It stores nothing.
     *
     * @return what was read
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "parseSignal")
    @APIResponse(responseCode = "200", description = "What was read")
    public ParsedSignal parse(@NotNull(message = "is required") @Valid ParseRequest request) {
        current.required();
        return SignalReader.read(request.text());
    }
}
