package io.tradosphere.signal.trade.journal;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of public journals. */
@Path("/v1/trades/journal/{profileId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trades")
class JournalResource {

    private final Journals journals;

    JournalResource(Journals journals) {
        this.journals = journals;
    }

    /**
     * Shows a profile's trades, newest opened first, while its journal is public; without notes and broker.
     *
     * @param person the id of the profile
     * @return a page of the list
     */
    @GET
    @Operation(operationId = "getJournal")
    public Uni<Page<JournalTrade>> show(
            @PathParam("profileId") UUID person,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return journals.show(person, PageRequest.of(limit, cursor));
    }
}
