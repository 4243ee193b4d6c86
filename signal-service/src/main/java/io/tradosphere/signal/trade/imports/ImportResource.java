package io.tradosphere.signal.trade.imports;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.creation.Creations;
import io.tradosphere.platform.http.BodyLimit;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.CurrentCaller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource that imports trades from files. */
@Path("/v1/trades/import")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class ImportResource {

    /** The header may be empty or malformed, and a charset alone is of interest. */
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    private final Imports imports;
    private final Mappings mappings;
    private final Creations creations;
    private final CurrentCaller current;

    ImportResource(Imports imports, Mappings mappings, Creations creations, CurrentCaller current) {
        this.imports = imports;
        this.mappings = mappings;
        this.creations = creations;
        this.current = current;
    }

    /**
     * Enters the trades of a CSV file of up to 10,000 lines, recognised by its header line. Formats: TradoSphere (the
     * fields of a trade by name, tags separated by |, also an exported journal), MetaTrader 5 (positions of the trade
     * history report), MetaTrader 4 (closed transactions of the statement), MetaTrader's web terminal, TopstepX, Tradovate
     * (performance report). A trade that the journal has is skipped: by broker and broker's id, or by the id of an export. A
     * line that cannot be read, or whose numbers have two readings, is rejected alone. Where a broker counts lots, size is
     * what a move of the price by 1 is worth in the money of the account. It runs on a worker thread: parsing a file takes
     * up to a second.
     *
     * @param timeZone whose clock times without an offset are of, such as {@code Europe/Athens}; UTC when absent
     * @param broker what the broker is called in the journal; the title of the format when absent. Two accounts whose
     *     brokers may give the same ids are told apart by it
     * @param dryRun whether nothing is entered, and the answer shows the trades as they were understood; false when absent
     * @param mapping the name of the mapping of the file's columns; a known format when absent
     * @return the lines accepted, skipped and rejected
     * @throws Problem {@code profile-required} (403), {@code unknown-import-format} (400)
     */
    @POST
    @Blocking
    @BodyLimit(kilobytes = 1024)
    @Consumes({"text/csv", "text/html", "text/plain", "application/vnd.ms-excel", "application/octet-stream"})
    @Operation(operationId = "importTrades")
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
            @Parameter(
                            description =
                                    "Whether nothing is entered, and the answer shows the trades as they were understood")
                    @Schema(implementation = Boolean.class)
                    @QueryParam("dryRun")
                    String dryRun,
            @Parameter(description = "The name of the mapping of the file's columns; a known format when left out")
                    @Schema(maxLength = 100)
                    @QueryParam("mapping")
                    String mapping,
            @RequestBody(
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                                @Content(mediaType = "text/html", schema = @Schema(type = SchemaType.STRING)),
                                @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING)),
                                @Content(
                                        mediaType = "application/vnd.ms-excel",
                                        schema = @Schema(type = SchemaType.STRING)),
                                @Content(
                                        mediaType = "application/octet-stream",
                                        schema = @Schema(type = SchemaType.STRING))
                            })
                    byte[] body,
            @Context HttpHeaders headers) {
        Caller caller = current.required();
        Upload upload = Upload.of(body, charset(headers), timeZone, broker, mapping, flag(dryRun));
        return read(caller, upload)
                .chain(drafts -> creations
                        .by(caller, upload)
                        .withFreshProfiles()
                        .run(tx -> upload.isPreview()
                                ? imports.preview(tx, caller, drafts)
                                : imports.enter(tx, caller, drafts)))
                .onFailure(PreviewException.class)
                .recoverWithItem(preview ->
                        Response.ok(((PreviewException) preview).report()).build());
    }

    /** Parses on a worker thread, where this method is already unless a mapping is read first. */
    private Uni<TradeDrafts> read(Caller caller, Upload upload) {
        return upload.mapping() == null
                ? Uni.createFrom().item(imports.read(upload, null))
                : mappings.format(caller, upload.mapping())
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(mapped -> imports.read(upload, mapped));
    }

    private static boolean flag(String text) {
        if (text == null || text.isEmpty() || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        String message = "is true or false";
        throw ProblemKind.INVALID_REQUEST.because("dryRun " + message + ".", List.of(new Violation("dryRun", message)));
    }

    private static String charset(HttpHeaders headers) {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        Matcher charset = CHARSET.matcher(type == null ? "" : type);
        return charset.find() ? charset.group(1) : null;
    }
}
