package io.tradosphere.signal.trade.imports;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.IdempotentWrites;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.people.SecondOpinion;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Trades out of files. */
@Path("/v1/trades/import")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class ImportResource {

    private final Imports imports;
    private final IdempotentWrites writes;
    private final SecondOpinion opinion;
    private final CurrentCaller current;

    ImportResource(Imports imports, IdempotentWrites writes, SecondOpinion opinion, CurrentCaller current) {
        this.imports = imports;
        this.writes = writes;
        this.opinion = opinion;
        this.current = current;
    }

    /** On a worker thread: a file is read for up to a second. */
    @POST
    @Blocking
    @Consumes("text/csv")
    @Operation(
            operationId = "importTrades",
            summary = "Enters the trades of a CSV file of up to 10,000 lines, recognised by its header line",
            description =
                    "Formats: TradoSphere (the fields of a trade by name, tags separated by |), MetaTrader 5 (positions of the"
                            + " trade history report), MetaTrader 4 (closed transactions of the statement), TopstepX, Tradovate (performance"
                            + " report). A trade whose broker and broker's id the journal has is skipped. A line that cannot be read is"
                            + " rejected alone. Where a broker counts lots, size is what a move of the price by 1 is worth in the money of"
                            + " the account.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImportReport.class)))
    public Uni<Response> enter(
            @Parameter(
                            description =
                                    "Whose clock times without an offset are of, such as Europe/Athens; UTC when left out")
                    @QueryParam("timeZone")
                    String timeZone,
            @Parameter(
                            description =
                                    "What the broker is called in the journal; the title of the format when left out."
                                            + " Two accounts whose brokers may give the same ids are told apart by it")
                    @QueryParam("broker")
                    String broker,
            @RequestBody(content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
                    byte[] body) {
        Caller caller = current.required();
        Upload upload = Upload.of(body, timeZone, broker);
        Drafts drafts = imports.read(upload);
        return opinion.on(() -> writes.write(caller, upload, tx -> imports.enter(tx, caller, drafts)), caller.id());
    }
}
