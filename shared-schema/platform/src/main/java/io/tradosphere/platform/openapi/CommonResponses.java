package io.tradosphere.platform.openapi;

import io.tradosphere.http.ProblemDetails;
import io.tradosphere.http.ProblemKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Responses, headers and schemas that operations have in common. */
final class CommonResponses {

    private static final String PROBLEM = "Problem";
    private static final String VIOLATION = "Violation";

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("400", "The request is malformed or has invalid fields."),
            Map.entry("401", "The token is missing or invalid."),
            Map.entry("403", "The caller may not do this."),
            Map.entry("404", "The resource does not exist, or the caller may not see it."),
            Map.entry("406", "The response has another media type than Accept allows."),
            Map.entry("408", "The body arrived too slowly."),
            Map.entry("409", "The request conflicts with the current state."),
            Map.entry("412", "The resource has changed since the version in If-Match."),
            Map.entry("413", "The body is too large."),
            Map.entry("414", "The URI is too long."),
            Map.entry("415", "The media type of the body is not supported; Accept names those that are."),
            Map.entry("422", "The Idempotency-Key was used for another request."),
            Map.entry("429", "Too many requests; Retry-After says when to retry."),
            Map.entry("431", "The headers are too large."),
            Map.entry("503", "A dependency is unavailable; Retry-After says when to retry."));

    private CommonResponses() {}

    /** The response with one of some kinds of problem. */
    static APIResponse problem(String status, Collection<String> kinds) {
        Schema type = OASFactory.createSchema();
        kinds.forEach(kind -> type.addEnumeration(ProblemKind.named(kind).type().toString()));
        // As properties, or in allOf, generators of clients would make a class of it for each operation and status.
        Schema schema = Scalars.reference(PROBLEM)
                .addDependentSchema("type", OASFactory.createSchema().addProperty("type", type));
        APIResponse response = OASFactory.createAPIResponse()
                .description(kinds.stream()
                        .collect(Collectors.joining("`, `", MEANINGS.get(status) + " Its kind is one of `", "`.")))
                .content(OASFactory.createContent()
                        .addMediaType(
                                ProblemDetails.MEDIA_TYPE,
                                OASFactory.createMediaType().schema(schema)));
        switch (status) {
            case "401" -> add(response, "WWW-Authenticate");
            case "409", "429", "503" -> add(response, "Retry-After");
            case "415" -> add(response, "Accept");
            default -> {
                // No header of its own.
            }
        }
        return response;
    }

    /** Adds a header that {@link #headers()} describes. */
    static void add(APIResponse response, String header) {
        response.addHeader(header, OASFactory.createHeader().ref("#/components/headers/" + header));
    }

    /** The headers of responses by name. */
    static Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        header(headers, "Accept", "The media types that the operation takes, separated by commas.", Scalars.text());
        header(
                headers,
                "ETag",
                "The version of the resource, for If-Match and If-None-Match. With counters in the body it is weak:"
                        + " `W/\"<version>.<counters>\"`.",
                Scalars.text());
        header(
                headers,
                "Idempotency-Replayed",
                "`true` when this is the stored response of an earlier request with the same Idempotency-Key; else absent.",
                Scalars.text().addEnumeration("true"));
        header(headers, "Link", "The next page, `<…>; rel=\"next\"`; absent on the last page.", Scalars.text());
        header(
                headers,
                "Location",
                "The path of what was created; absent when it has none.",
                Scalars.text().format("uri-reference"));
        header(
                headers,
                "RateLimit",
                "What is left of the caller's rate of requests, and the seconds until it is renewed; added by the gateway.",
                Scalars.text());
        header(
                headers,
                "RateLimit-Policy",
                "The caller's rate of requests: how many in how many seconds; added by the gateway.",
                Scalars.text());
        header(
                headers,
                "Retry-After",
                "After how many seconds to send the request again; absent when that does not help.",
                OASFactory.createSchema().addType(SchemaType.INTEGER).format("int32"));
        header(headers, "WWW-Authenticate", "How to authenticate, and what is wrong with the token.", Scalars.text());
        header(
                headers,
                "X-Request-Id",
                "The id of the request: the caller's X-Request-Id when it matches [A-Za-z0-9._-]{1,64}, else the trace id.",
                Scalars.text().pattern("^[A-Za-z0-9._-]{1,64}$"));
        return headers;
    }

    private static void header(Map<String, Header> headers, String name, String description, Schema schema) {
        headers.put(name, OASFactory.createHeader().description(description).schema(schema));
    }

    /** The schemas of problem details by name. */
    static Map<String, Schema> schemas() {
        Schema violations = OASFactory.createSchema()
                .addType(SchemaType.ARRAY)
                .items(Scalars.reference(VIOLATION))
                .maxItems(20)
                .description("The first invalid fields of the request; absent when none is to blame.");
        Schema problem = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("What is wrong, as problem details of RFC 9457.")
                .addProperty(
                        "type", text("The stable URI of the kind of problem.").format("uri"))
                .addProperty("title", text("A short summary of the kind."))
                .addProperty(
                        "status",
                        OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .format("int32")
                                .description("The HTTP status."))
                .addProperty("detail", text("What happened, and what to do about it."))
                .addProperty("instance", text("The path of the request."))
                .addProperty("requestId", text("The id of the request, as in X-Request-Id."))
                .addProperty("violations", violations)
                .required(List.of("type", "title", "status", "detail", "instance", "requestId"));
        Schema violation = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("An invalid field or parameter.")
                .addProperty("field", text("The name of the field, with a path such as `rules.lateEntry`."))
                .addProperty("message", text("What the field must be."))
                .required(List.of("field", "message"));
        return Map.of(PROBLEM, problem, VIOLATION, violation);
    }

    private static Schema text(String description) {
        return Scalars.text().description(description);
    }
}
