package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
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
import java.util.function.Function;

/**
 * Writes that happen once for each {@code Idempotency-Key}. The key is claimed in the write's own transaction: a second request
 * waits on the first one's claim, then finds either its answer or, if it failed, nothing.
 */
@ApplicationScoped
public class IdempotentWrites {

    private static final String HEADER = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CLAIM = """
            INSERT INTO idempotency_keys (caller_id, method, path, key, request_hash) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """;
    private static final String KEEP = """
            UPDATE idempotency_keys SET status = $5, location = $6, etag = $7, body = $8
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4
            """;
    private static final String FIRST_ANSWER = """
            SELECT request_hash, status, location, etag, body FROM idempotency_keys
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4
            """;

    private final Slice slice;
    private final ObjectMapper json;
    private final CurrentVertxRequest current;

    IdempotentWrites(Slice slice, ObjectMapper json, CurrentVertxRequest current) {
        this.slice = slice;
        this.json = json;
        this.current = current;
    }

    /**
     * Runs the write as the caller, or answers what it answered the first time.
     *
     * @param request the request's content, by which the same key for something else is noticed
     * @throws Problem {@code idempotency-key-reused} (422), {@code idempotency-in-progress} (409)
     */
    public Uni<Response> write(Caller caller, Object request, Function<Tx, Uni<Answer>> work) {
        return once(caller, request, work, slice::write);
    }

    /** The same with a platform-admin's rights. */
    public Uni<Response> writeAsAdmin(Caller caller, Object request, Function<Tx, Uni<Answer>> work) {
        return once(caller, request, work, slice::writeAsAdmin);
    }

    private Uni<Response> once(
            Caller caller, Object request, Function<Tx, Uni<Answer>> work, Transactions transactions) {
        HttpServerRequest http = current.getCurrent().request();
        String key = http.getHeader(HEADER);
        if (key == null) {
            return transactions.run(caller, work).map(answer -> response(answer, text(answer.body()), false));
        }
        if (key.isBlank() || key.length() > LONGEST_KEY || key.indexOf('\0') >= 0) {
            throw Problems.INVALID_REQUEST.because("An Idempotency-Key has 1 to " + LONGEST_KEY + " characters.");
        }
        Claim claim = new Claim(caller, http.method().name(), http.path(), key, hash(text(request)));
        return transactions
                .run(
                        caller,
                        tx -> tx.execute(CLAIM, claim.caller.id(), claim.method, claim.path, claim.key, claim.hash)
                                .chain(claimed -> claimed.rowCount() == 1 ? first(tx, claim, work) : again(tx, claim)))
                .onFailure(PgException.class)
                .transform(failure -> LOCK_NOT_AVAILABLE.equals(((PgException) failure).getSqlState())
                        ? Problems.IN_PROGRESS.because("Wait for the first request with this key, then send it again.")
                        : failure);
    }

    private Uni<Response> first(Tx tx, Claim claim, Function<Tx, Uni<Answer>> work) {
        return work.apply(tx).chain(answer -> {
            String body = text(answer.body());
            return tx.execute(
                            KEEP,
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

    private Uni<Response> again(Tx tx, Claim claim) {
        return tx.execute(FIRST_ANSWER, claim.caller.id(), claim.method, claim.path, claim.key)
                .map(rows -> Rows.first(rows, Function.identity())
                        .map(row -> replay(row, claim))
                        .orElseThrow(() -> Problems.IN_PROGRESS.because("Send the request again.")));
    }

    private static Response replay(Row row, Claim claim) {
        if (!Arrays.equals(row.getBuffer("request_hash").getBytes(), claim.hash.getBytes())) {
            throw Problems.KEY_REUSED.because("Use a new Idempotency-Key for every new request.");
        }
        Answer answer = new Answer(row.getInteger("status"), row.getString("location"), row.getString("etag"), null);
        return response(answer, row.getString("body"), true);
    }

    private static Response response(Answer answer, String body, boolean replayed) {
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

    private String text(Object value) {
        try {
            return value == null ? null : json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of ours cannot be written as JSON", impossible);
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

    private record Claim(Caller caller, String method, String path, String key, Buffer hash) {}

    private interface Transactions {
        <T> Uni<T> run(Caller caller, Function<Tx, Uni<T>> work);
    }
}
