package io.tradosphere.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The kinds of problem that clients can distinguish by their type, of all services and the gateway. They are a contract as the
 * events are: a kind is never renamed, and its title is the same wherever it occurs. {@link ProblemTexts} explains each.
 */
public enum ProblemKind {
    BAD_PATH(400, "The path is malformed or ambiguous"),
    BAD_REQUEST(400, "The request is malformed"),
    BAD_SIGNATURE(400, "The webhook's signature is not valid"),
    INVALID_CURSOR(400, "The cursor is invalid"),
    INVALID_REQUEST(400, "The request is not valid"),
    MALFORMED_BODY(400, "The body cannot be read"),
    PAID_ENTRY_UNAVAILABLE(400, "Paid entry is not available yet"),
    SELF_BLOCK(400, "Cannot block yourself"),
    SELF_FOLLOW(400, "Cannot follow yourself"),
    SELF_MESSAGE(400, "Cannot write to yourself"),
    SELF_SUBSCRIPTION(400, "Cannot subscribe to yourself"),
    UNKNOWN_IMPORT_FORMAT(400, "The file format is not supported"),
    BAD_NOTICE_SIGNATURE(401, "The notice's signature is not valid", Headers.AGORA),
    UNAUTHENTICATED(401, "A valid bearer token is required", Headers.BEARER),
    ADMIN_ONLY(403, "The platform-admin role is required"),
    BLOCKED(403, "One of the two profiles has blocked the other"),
    FORBIDDEN(403, "The caller may not do this"),
    INVITATION_REQUIRED(403, "The clan's owner must invite the caller first"),
    MESSAGES_NOT_ACCEPTED(403, "The recipient does not accept messages from the caller"),
    NOT_CLAN_MEMBER(403, "The caller is not a member of the clan"),
    PROFILE_REQUIRED(403, "The caller has no profile yet"),
    TIER_TOO_LOW(403, "The caller's tier is too low"),
    NOT_FOUND(404, "The resource does not exist"),
    UNKNOWN_PATH(404, "The path does not exist"),
    UNKNOWN_PROFILE(404, "The profile does not exist"),
    METHOD_NOT_ALLOWED(405, "The path does not support this method"),
    NOT_ACCEPTABLE(406, "No acceptable representation is available"),
    REQUEST_TIMEOUT(408, "The request arrived too slowly"),
    ACHIEVEMENT_NAME_TAKEN(409, "Achievement name already taken"),
    AGORA_REFUSED(409, "Agora refused the request"),
    ALREADY_CROSSED(409, "The market price has already crossed the target or the stop loss"),
    ALREADY_HAS_TIER(409, "The caller has a paid tier already"),
    ALREADY_LIVE(409, "The caller already has a live stream"),
    ALREADY_MEMBER(409, "Already a member of the clan"),
    ALREADY_PARTICIPATING(409, "The caller already participates"),
    ALREADY_RECORDING(409, "The stream is already being recorded"),
    ALREADY_RESOLVED(409, "The signal is already resolved"),
    ALREADY_SUBSCRIBED(409, "The caller is already subscribed to this creator"),
    CLAN_NAME_TAKEN(409, "Clan name already taken"),
    COMPETITION_FULL(409, "The competition is full"),
    COMPETITION_OVER(409, "The competition is over"),
    CONFLICT(409, "The request conflicts with the current state"),
    DISQUALIFIED(409, "The participant is disqualified"),
    ENTRY_CLOSED(409, "The competition can no longer be joined"),
    IDEMPOTENCY_IN_PROGRESS(409, "A request with the same Idempotency-Key is still in progress", Headers.RETRY_SOON),
    LIMIT_REACHED(409, "The allowed number of such resources is reached"),
    MARKET_RESOLVES(409, "Market prices resolve this signal"),
    MONTH_NOT_OVER(409, "The month is not over yet"),
    NEVER_PAID(409, "The caller has never paid for anything"),
    NOT_COMPLETED(409, "The competition is not completed"),
    NOT_LEGEND_ELIGIBLE(409, "Not eligible for the legend tier"),
    NOT_PARTICIPATING(409, "The participant has withdrawn"),
    NOT_UPCOMING(409, "The competition is no longer upcoming"),
    NO_LONGER_DELETABLE(409, "A signal can be deleted only in its first 60 seconds"),
    NO_LEGENDS(409, "Nobody was a legend in this month"),
    NO_PAID_TIER(409, "The caller has no paid tier"),
    NO_PLAN(409, "The creator has no plan"),
    OUTCOME_NOT_REACHED(409, "The outcome price has not reached the target or the stop loss"),
    OWNER_MUST_HAND_OVER(409, "The owner must hand over the ownership first"),
    PARTICIPANTS_BOUND(409, "Somebody has joined the competition"),
    PAYOUTS_NOT_ENABLED(409, "The creator cannot be paid yet"),
    POOL_DISTRIBUTED(409, "The pool of this month is distributed"),
    PROFILE_EXISTS(409, "Profile already exists"),
    STREAM_ENDED(409, "The stream has ended"),
    STRIPE_REFUSED(409, "Stripe refused the request"),
    SUBSCRIPTION_ENDED(409, "The subscription has ended"),
    TRADE_ALREADY_RECORDED(409, "The journal already has a trade with this broker and broker trade id"),
    USERNAME_TAKEN(409, "Username already taken"),
    WATCHLIST_FULL(409, "The watchlist is full"),
    STALE(412, "The resource has changed since the given version"),
    BODY_TOO_LARGE(413, "The request body is too large"),
    URI_TOO_LONG(414, "The URI is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was already used for another request"),
    RATE_LIMITED(429, "Too many requests"),
    TOO_MANY_MESSAGES(429, "The caller sends messages too fast"),
    TOO_MANY_STREAMS(429, "The caller has too many open event streams"),
    HEADERS_TOO_LARGE(431, "The request headers are too large"),
    INTERNAL(500, "An unexpected error occurred"),
    INTERNAL_ERROR(500, "Internal error of the gateway"),
    AGORA_AWAY(503, "Agora is unavailable", Headers.RETRY_LATER),
    BUSY(503, "The service is too busy", Headers.RETRY_SOON),
    DATABASE_AWAY(503, "The database is unavailable", Headers.RETRY_SOON),
    IDENTITY_PROVIDER_AWAY(503, "The identity provider is unavailable", Headers.RETRY_SOON),
    PROFILES_AWAY(503, "The profile service is unavailable", Headers.RETRY_SOON),
    SERVICE_UNAVAILABLE(503, "The service is unavailable", Headers.RETRY_SOON),
    STRIPE_AWAY(503, "Stripe is unavailable", Headers.RETRY_LATER);

    private static final String BASE = "https://tradosphere.io/problems/";

    private final String id;
    private final int status;
    private final String title;
    private final Map<String, String> headers;

    ProblemKind(int status, String title) {
        this(status, title, Map.of());
    }

    ProblemKind(int status, String title, Map<String, String> headers) {
        this.id = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.status = status;
        this.title = title;
        this.headers = headers;
    }

    /**
     * The kind with an id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ProblemKind named(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The last segment of the type, in kebab case. */
    public String id() {
        return id;
    }

    /** The stable URI of the kind. */
    public URI type() {
        return URI.create(BASE + id);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** A short summary, the same for every occurrence. */
    public String title() {
        return title;
    }

    /**
     * Creates the problem to return or throw.
     *
     * @param detail what happened, and what the client can do about it
     */
    public Problem because(String detail) {
        return because(detail, List.of());
    }

    /** Creates the problem of a request with invalid fields. */
    public Problem because(String detail, List<Problem.Violation> violations) {
        return new Problem(this, detail, violations, headers);
    }

    /** Headers that every response of a kind has. */
    private static final class Headers {

        static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");
        static final Map<String, String> RETRY_LATER = Map.of("Retry-After", "5");
        static final Map<String, String> AGORA = Map.of("WWW-Authenticate", "Agora-Signature-V2");
        static final Map<String, String> BEARER = Map.of("WWW-Authenticate", "Bearer realm=\"tradosphere\"");
    }
}
