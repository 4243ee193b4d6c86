package io.tradosphere.messaging.realtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.messaging.realtime.Tickets.Admission;
import io.tradosphere.platform.identity.CurrentCaller;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The HTTP resource of event streams. */
@Path("/v1/realtime")
@Tag(name = "Realtime", description = "Events of the caller as they happen.")
class RealtimeResource {

    /** Whoever is still at work for the request, on any thread, would put the request's scope back into its context. */
    private static final Duration BEFORE_RELEASE = Duration.ofSeconds(1);

    private static final SecurityIdentity NOBODY =
            QuarkusSecurityIdentity.builder().setAnonymous(true).build();

    private final EventStreams streams;
    private final Tickets tickets;
    private final CurrentCaller current;
    private final CurrentVertxRequest request;
    private final CurrentIdentityAssociation identities;
    private final ObjectMapper json;

    RealtimeResource(
            EventStreams streams,
            Tickets tickets,
            CurrentCaller current,
            CurrentVertxRequest request,
            CurrentIdentityAssociation identities,
            ObjectMapper json) {
        this.streams = streams;
        this.tickets = tickets;
        this.current = current;
        this.request = request;
        this.identities = identities;
        this.json = json;
    }

    /**
     * Streams the caller's messages, receipts, removals and notifications as they happen. The id of the last event that was
     * received resumes the stream without loss; the event {@code gap} says that this cannot be done. The stream ends when the
     * token expires that it was opened with, or that bought the ticket.
     *
     * @param lastEventIdHeader the id of the last event that was received; the stream begins now when absent
     * @param lastEventId the same for clients that cannot send the header; it wins over the header
     * @param ticket a ticket instead of a token; absent with a token
     * @throws Problem {@code profile-required} (403), {@code not-acceptable} (406), {@code too-many-streams} (429)
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "streamEvents")
    // A list: a ticket replaces the token, so the token is not required before the method runs.
    @SecurityRequirements(@SecurityRequirement(name = "bearer"))
    @APIResponse(
            responseCode = "200",
            description = "The events ready or gap, then message, receipt, message-deleted, notification,"
                    + " notification-removed",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    public Uni<Response> stream(
            @HeaderParam("Last-Event-ID") String lastEventIdHeader,
            @QueryParam("lastEventId") String lastEventId,
            @QueryParam("ticket") String ticket) {
        Long last = number(lastEventId == null || lastEventId.isEmpty() ? lastEventIdHeader : lastEventId);
        RoutingContext context = request.getCurrent();
        if (HttpMethod.HEAD.equals(context.request().method())) {
            return Uni.createFrom()
                    .item(Response.ok().type(MediaType.SERVER_SENT_EVENTS).build());
        }
        return admission(ticket).chain(admitted -> open(context, admitted, last));
    }

    /**
     * Gives the caller a ticket that opens one event stream within 30 seconds, without a header.
     *
     * @throws Problem {@code profile-required} (403)
     */
    @POST
    @Path("/tickets")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "buyRealtimeTicket")
    @APIResponse(
            responseCode = "201",
            description = "The ticket was made",
            content = @Content(schema = @Schema(implementation = Ticket.class)))
    public Uni<Response> buyTicket() {
        return tickets.buy(current.required(), current.tokenExpiresAt())
                .map(ticket ->
                        Response.status(Response.Status.CREATED).entity(ticket).build());
    }

    private Uni<Admission> admission(String ticket) {
        return ticket == null
                ? Uni.createFrom().item(() -> new Admission(current.required().id(), current.tokenExpiresAt()))
                : tickets.use(ticket);
    }

    /**
     * Writes to the response itself: the streams of Jakarta REST send their head before a request can be refused, and
     * keep more for each client. The returned Uni never completes, so nothing else writes to it.
     */
    private Uni<Response> open(RoutingContext context, Admission admitted, Long lastEventId) {
        HttpServerResponse response = context.response();
        EventStream stream = new EventStream(admitted.person(), admitted.endsAt(), response, json);
        context.addEndHandler(ended -> streams.forget(stream));
        identities.setIdentity(NOBODY);
        return streams.admit(stream).chain(end -> {
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("X-Accel-Buffering", "no");
            streams.begin(stream, end, lastEventId)
                    .onComplete(begun ->
                            context.vertx().setTimer(BEFORE_RELEASE.toMillis(), timer -> release(context, stream)));
            return Uni.createFrom().nothing();
        });
    }

    /**
     * Lets go of the request once the stream has begun. Routing, filters, CDI contexts and the proof of who asked are most
     * of what an open stream would keep in memory, and it needs none of them. Their handlers of the response's end are
     * replaced by the stream's own. Those by which Quarkus counts requests are in its wrapper of the response, and stay.
     */
    private void release(RoutingContext context, EventStream stream) {
        if (context.response().ended()) {
            return;
        }
        context.data().clear();
        HttpServerRequest request = context.request();
        request.headers().clear();
        request.handler(null).endHandler(null).exceptionHandler(null);
        ((ContextInternal) ((HttpServerRequestInternal) request).context())
                .localContextData()
                .clear();
        HttpServerResponse response = context.response();
        response.headers().clear();
        response.headersEndHandler(null)
                .bodyEndHandler(null)
                .endHandler(ended -> streams.forget(stream))
                .closeHandler(closed -> streams.forget(stream))
                .exceptionHandler(failure -> streams.forget(stream));
        if (stream.isOver()) {
            // It has ended before its own handlers were there.
            streams.close(stream);
        }
    }

    private static Long number(String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The last event id is not one of this stream.",
                    List.of(new Violation("lastEventId", "is the id of an event that was received")));
        }
        return Long.valueOf(text);
    }
}
