package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Idempotent writes by {@code Idempotency-Key}. The key is inserted in the write's own transaction. A concurrent second request waits
 * for that transaction. It then replays the stored response, or runs itself when the first failed.
 */
@ApplicationScoped
public class IdempotentWrites {

    private static final String HEADER = "Idempotency-Key";
    private static final int MAX_KEY_LENGTH = 255;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    /** The number of keys of a caller that are kept at once, for 24 hours each. */
    private static final int KEYS_AT_MOST = 10_000;

    private static final String CLAIM = """
            INSERT INTO idempotency_keys (caller_id, method, path, key, request_hash)
            SELECT $1::uuid, $2, $3, $4, $5::bytea
            WHERE (SELECT count(*) FROM (SELECT FROM idempotency_keys WHERE caller_id = $1 LIMIT %1$d) AS kept) < %1$d
            ON CONFLICT DO NOTHING
            """.formatted(KEYS_AT_MOST);
    private static final String STORE_RESPONSE = """
            UPDATE idempotency_keys SET status = $5, location = $6, etag = $7, body = $8
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4
            """;
    static final String STORED_RESPONSE = """
            SELECT request_hash, status, location, etag, body FROM idempotency_keys
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4
            """;

    private final SliceDatabase slice;
    private final ObjectMapper json;
    private final CurrentVertxRequest current;

    IdempotentWrites(SliceDatabase slice, ObjectMapper json, CurrentVertxRequest current) {
        this.slice = slice;
        this.json = json;
        this.current = current;
    }

    /**
     * Runs the write as the caller, or replays the response of the first request with the same key.
     *
     * @param request the request's content; its hash detects the reuse of a key for another request
     * @throws Problem {@code idempotency-key-reused} (422), {@code idempotency-in-progress} (409), {@code limit-reached}
     *     (409) when the caller has used 10,000 keys in 24 hours
     */
    public Uni<Response> write(Caller caller, Object request, Function<Tx, Uni<Answer>> work) {
        return idempotently(caller, request, work, slice::write);
    }

    /** As {@link #write}, with a platform admin's rights. */
    public Uni<Response> writeAsAdmin(Caller caller, Object request, Function<Tx, Uni<Answer>> work) {
        return idempotently(caller, request, work, slice::writeAsAdmin);
    }

    private Uni<Response> idempotently(
            Caller caller, Object request, Function<Tx, Uni<Answer>> work, Transactions transactions) {
        Optional<Claim> keyed = claim(caller, request);
        if (keyed.isEmpty()) {
            return transactions.run(caller, work).map(this::response);
        }
        Claim claim = keyed.get();
        return transactions.run(
                caller,
                tx -> tx.execute(CLAIM, claim.caller.id(), claim.method, claim.path, claim.key, claim.hash)
                        // Only of the claim: a lock that the work waits for in vain is not this key's.
                        .onFailure(IdempotentWrites::isLockTimeout)
                        .transform(timeout -> ProblemKind.IDEMPOTENCY_IN_PROGRESS.because(
                                "Wait for the first request with this key, then send it again."))
                        .chain(claimed ->
                                claimed.rowCount() == 1 ? runFirst(tx, claim, work) : replayStored(tx, claim)));
    }

    /** Whether the current request has an {@code Idempotency-Key}. */
    public boolean hasKey() {
        return current.getCurrent().request().getHeader(HEADER) != null;
    }

    /** The HTTP response of a write that was done without a key. */
    public Response response(Answer answer) {
        return response(answer, text(answer.body()), false);
    }

    /**
     * Requires that the current request has an {@code Idempotency-Key}.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    public void requireKey() {
        if (!hasKey()) {
            throw ProblemKind.INVALID_REQUEST.because(
                    "The request has invalid headers.", List.of(new Violation(HEADER, "is required")));
        }
    }

    /**
     * What the current request claims; empty without an {@code Idempotency-Key}.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    Optional<Claim> claim(Caller caller, Object request) {
        HttpServerRequest http = current.getCurrent().request();
        String key = http.getHeader(HEADER);
        if (key == null) {
            return Optional.empty();
        }
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH || key.indexOf('\0') >= 0) {
            throw ProblemKind.INVALID_REQUEST.because("An Idempotency-Key has 1 to " + MAX_KEY_LENGTH + " characters.");
        }
        return Optional.of(new Claim(
                caller,
                http.method().name(),
                canonical(current.getCurrent().normalizedPath()),
                key,
                hash(text(request))));
    }

    private static boolean isLockTimeout(Throwable failure) {
        return failure instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState());
    }

    /** One form of all spellings of a path, such as with and without a slash at its end. */
    private static String canonical(String normalizedPath) {
        return normalizedPath.replaceAll("/+$", "");
    }

    private Uni<Response> runFirst(Tx tx, Claim claim, Function<Tx, Uni<Answer>> work) {
        return work.apply(tx).chain(answer -> {
            String body = text(answer.body());
            return tx.execute(
                            STORE_RESPONSE,
                            claim.caller.id(),
                            claim.method,
                            claim.path,
                            claim.key,
                            answer.status(),
                            answer.location(),
                            answer.etag(),
                            body)
                    .replaceWith(() -> response(answer, body, false));
        });
    }

    private Uni<Response> replayStored(Tx tx, Claim claim) {
        return tx.execute(STORED_RESPONSE, claim.caller.id(), claim.method, claim.path, claim.key)
                .map(
                        rows -> Rows.first(rows, Function.identity())
                                .map(row -> replay(row, claim))
                                .orElseThrow(
                                        () -> ProblemKind.LIMIT_REACHED.because(
                                                "At most " + KEYS_AT_MOST
                                                        + " Idempotency-Keys of a caller are kept, for 24 hours each. Try again later, or without a key.")));
    }

    static Response replay(Row row, Claim claim) {
        requireSameRequest(row, claim);
        Answer answer = new Answer(row.getInteger("status"), row.getString("location"), row.getString("etag"), null);
        return response(answer, row.getString("body"), true);
    }

    /**
     * Requires that a stored key was used for the same request.
     *
     * @throws Problem {@code idempotency-key-reused} (422)
     */
    static void requireSameRequest(Row stored, Claim claim) {
        if (!Arrays.equals(stored.getBuffer("request_hash").getBytes(), claim.hash.getBytes())) {
            throw ProblemKind.IDEMPOTENCY_KEY_REUSED.because("Use a new Idempotency-Key for every new request.");
        }
    }

    static Response response(Answer answer, String body, boolean replayed) {
        Response.ResponseBuilder response = Response.status(answer.status());
        if (body != null) {
            response.entity(body).type(MediaType.APPLICATION_JSON_TYPE);
        }
        if (answer.location() != null) {
            response.header("Location", answer.location());
        }
        if (answer.etag() != null) {
            response.header("ETag", answer.etag());
        }
        if (replayed) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
    }

    String text(Object value) {
        try {
            return value == null ? null : json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A response body cannot be written as JSON", impossible);
        }
    }

    private static Buffer hash(String request) {
        try {
            byte[] bytes = String.valueOf(request).getBytes(StandardCharsets.UTF_8);
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** A claim of a key by a request. */
    record Claim(Caller caller, String method, String path, String key, Buffer hash) {}

    private interface Transactions {
        <T> Uni<T> run(Caller caller, Function<Tx, Uni<T>> work);
    }
}
