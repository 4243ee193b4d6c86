package io.tradosphere.platform.http;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.IdempotentWrites.Claim;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Idempotent writes that call another system, for which no transaction may wait. The {@code Idempotency-Key} is claimed
 * with a lease in a transaction of its own, the work follows, and another transaction stores the response. A request whose
 * process dies leaves a lease that ends by itself; the next request with that key then does the same operation again.
 */
@ApplicationScoped
public class LeasedWrites {

    /** Longer than any request takes: the calls to the other system have time-outs. */
    private static final String LEASE = "INTERVAL '90 seconds'";

    private static final String CLAIM = """
            INSERT INTO idempotency_keys AS k (caller_id, method, path, key, request_hash, leased_until)
            VALUES ($1, $2, $3, $4, $5, now() + %1$s)
            ON CONFLICT (caller_id, method, path, key) DO UPDATE SET leased_until = EXCLUDED.leased_until
            WHERE k.status IS NULL AND k.leased_until < now() AND k.request_hash = EXCLUDED.request_hash
            RETURNING k.operation_id, k.leased_until
            """.formatted(LEASE);
    private static final String COMPLETE = """
            UPDATE idempotency_keys SET status = $5, location = $6, etag = $7, body = $8
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4 AND status IS NULL AND leased_until = $9
            """;
    /** Nothing was done: the key may be used again, for another request too. */
    private static final String FORGET = """
            DELETE FROM idempotency_keys
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4 AND status IS NULL AND leased_until = $5
            """;
    /** Something may have been done: the same request continues the same operation, at once. */
    private static final String RELEASE = """
            UPDATE idempotency_keys SET leased_until = '-infinity'
            WHERE caller_id = $1 AND method = $2 AND path = $3 AND key = $4 AND status IS NULL AND leased_until = $5
            """;

    private static final int FIRST_SERVER_ERROR = 500;

    private final SliceDatabase slice;
    private final IdempotentWrites writes;

    LeasedWrites(SliceDatabase slice, IdempotentWrites writes) {
        this.slice = slice;
        this.writes = writes;
    }

    /**
     * Runs the work as the caller, or replays the response of the first request with the same key.
     *
     * @param request the request's content; its hash detects the reuse of a key for another request
     * @param work receives the operation's id, which is the same for every attempt with one key. It derives from it the
     *     keys that it gives to the other system
     * @throws Problem {@code idempotency-key-reused} (422), {@code idempotency-in-progress} (409)
     */
    public Uni<Response> write(Caller caller, Object request, Function<UUID, Uni<Answer>> work) {
        Optional<Claim> keyed = writes.claim(caller, request);
        if (keyed.isEmpty()) {
            return work.apply(UUID.randomUUID())
                    .map(answer -> IdempotentWrites.response(answer, writes.text(answer.body()), false));
        }
        Claim claim = keyed.get();
        return slice.write(caller, tx -> claim(tx, claim))
                .chain(outcome -> outcome.replayed() != null
                        ? Uni.createFrom().item(outcome.replayed())
                        : run(claim, outcome, work));
    }

    private static Uni<Outcome> claim(Tx tx, Claim claim) {
        return tx.execute(CLAIM, claim.caller().id(), claim.method(), claim.path(), claim.key(), claim.hash())
                .chain(claimed -> claimed.size() == 1
                        ? Uni.createFrom()
                                .item(Outcome.leased(claimed.iterator().next()))
                        : tx.execute(
                                        IdempotentWrites.STORED_RESPONSE,
                                        claim.caller().id(),
                                        claim.method(),
                                        claim.path(),
                                        claim.key())
                                .map(rows -> Rows.first(rows, row -> Outcome.replayed(row, claim))
                                        .orElseThrow(() -> ProblemKind.IDEMPOTENCY_IN_PROGRESS.because(
                                                "Send the request again."))));
    }

    private Uni<Response> run(Claim claim, Outcome lease, Function<UUID, Uni<Answer>> work) {
        return Uni.createFrom()
                .deferred(() -> work.apply(lease.operation()))
                .onFailure()
                .call(failure -> end(claim, lease, failure))
                .chain(answer -> complete(claim, lease, answer));
    }

    private Uni<Response> complete(Claim claim, Outcome lease, Answer answer) {
        String body = writes.text(answer.body());
        return slice.write(
                        claim.caller(),
                        tx -> tx.execute(
                                COMPLETE,
                                claim.caller().id(),
                                claim.method(),
                                claim.path(),
                                claim.key(),
                                answer.status(),
                                answer.location(),
                                answer.etag(),
                                body,
                                lease.until()))
                .replaceWith(() -> IdempotentWrites.response(answer, body, false));
    }

    /** A lease that cannot be ended now ends by itself. */
    private Uni<Void> end(Claim claim, Outcome lease, Throwable failure) {
        boolean refused = failure instanceof Problem problem && problem.kind().status() < FIRST_SERVER_ERROR;
        return slice.write(
                        claim.caller(),
                        tx -> tx.execute(
                                refused ? FORGET : RELEASE,
                                claim.caller().id(),
                                claim.method(),
                                claim.path(),
                                claim.key(),
                                lease.until()))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /**
     * The outcome of a claim: a lease, or the response to replay.
     *
     * @param operation the operation's id; null with a response
     * @param until the lease's end, which also identifies it; null with a response
     * @param replayed the stored response; null with a lease
     */
    private record Outcome(UUID operation, OffsetDateTime until, Response replayed) {

        static Outcome leased(Row row) {
            return new Outcome(row.getUUID("operation_id"), row.getOffsetDateTime("leased_until"), null);
        }

        static Outcome replayed(Row row, Claim claim) {
            if (row.getInteger("status") == null) {
                IdempotentWrites.requireSameRequest(row, claim);
                throw ProblemKind.IDEMPOTENCY_IN_PROGRESS.because(
                        "Wait for the first request with this key, then send it again.");
            }
            return new Outcome(null, null, IdempotentWrites.replay(row, claim));
        }
    }
}
