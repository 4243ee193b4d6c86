package io.tradosphere.platform.http;

import java.util.Map;

/** The kinds of problem that any service may answer with. A service's own kinds stand with the feature that raises them. */
public final class Problems {

    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    public static final ProblemKind INVALID_REQUEST =
            new ProblemKind("invalid-request", 400, "The request is not valid");
    public static final ProblemKind MALFORMED_BODY = new ProblemKind("malformed-body", 400, "The body cannot be read");
    public static final ProblemKind INVALID_CURSOR =
            new ProblemKind("invalid-cursor", 400, "The cursor is not one of ours");
    public static final ProblemKind UNAUTHENTICATED = new ProblemKind(
            "unauthenticated",
            401,
            "A valid token is needed",
            Map.of("WWW-Authenticate", "Bearer realm=\"tradosphere\""));
    public static final ProblemKind FORBIDDEN = new ProblemKind("forbidden", 403, "Not allowed");
    public static final ProblemKind ADMIN_ONLY = new ProblemKind("admin-only", 403, "Only for platform admins");
    public static final ProblemKind PROFILE_REQUIRED =
            new ProblemKind("profile-required", 403, "The caller has no profile yet");
    public static final ProblemKind NOT_FOUND = new ProblemKind("not-found", 404, "There is nothing here");
    public static final ProblemKind UNKNOWN_PROFILE =
            new ProblemKind("unknown-profile", 404, "There is no such profile");
    public static final ProblemKind METHOD_NOT_ALLOWED =
            new ProblemKind("method-not-allowed", 405, "The method is not for this path");
    public static final ProblemKind NOT_ACCEPTABLE =
            new ProblemKind("not-acceptable", 406, "No representation that the client accepts");
    public static final ProblemKind CONFLICT = new ProblemKind("conflict", 409, "In conflict with the present state");
    public static final ProblemKind IN_PROGRESS = new ProblemKind(
            "idempotency-in-progress", 409, "A request with the same Idempotency-Key is still under way", SOON);
    public static final ProblemKind STALE = new ProblemKind("stale", 412, "The resource has changed since");
    public static final ProblemKind BODY_TOO_LARGE = new ProblemKind("body-too-large", 413, "The body is too large");
    public static final ProblemKind URI_TOO_LONG = new ProblemKind("uri-too-long", 414, "The URI is too long");
    public static final ProblemKind UNSUPPORTED_MEDIA_TYPE =
            new ProblemKind("unsupported-media-type", 415, "The body's media type is not one this call reads");
    public static final ProblemKind KEY_REUSED =
            new ProblemKind("idempotency-key-reused", 422, "The Idempotency-Key was used for another request");
    public static final ProblemKind HEADERS_TOO_LARGE =
            new ProblemKind("headers-too-large", 431, "The request's headers are too large");
    public static final ProblemKind INTERNAL = new ProblemKind("internal", 500, "A defect of ours");
    public static final ProblemKind BUSY = new ProblemKind("busy", 503, "Too busy to answer in time", SOON);
    public static final ProblemKind DATABASE_AWAY = new ProblemKind("database-away", 503, "The database is away", SOON);
    public static final ProblemKind IDENTITY_PROVIDER_AWAY =
            new ProblemKind("identity-provider-away", 503, "The identity provider is away", SOON);
    public static final ProblemKind PROFILES_AWAY =
            new ProblemKind("profiles-away", 503, "The profile service is away", SOON);

    private Problems() {}
}
