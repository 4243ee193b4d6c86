package io.tradosphere.platform.db;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.outbox.CommitNotifier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Database access for this service's slice of the schema. The caller's identity is transaction-local, so a pooled connection
 * never carries it over.
 */
@ApplicationScoped
public class SliceDatabase {

    /** Enough for the cores of a small machine; leaves connections for other statements. */
    private static final int MAX_READ_BATCHES = 4;

    private final String name;
    private final Pool app;
    private final Pool reads;
    private final Pool admin;
    private final Pool worker;
    private final CommitNotifier relay;
    private final Vertx vertx;
    private final BatchSizes writes;
    private final BatchSizes batchedReads;

    SliceDatabase(
            @ConfigProperty(name = "tradosphere.slice") String name,
            @ReactiveDataSource("app") Pool app,
            @ReactiveDataSource("read") Pool reads,
            @ReactiveDataSource("admin") Pool admin,
            @ReactiveDataSource("worker") Pool worker,
            CommitNotifier relay,
            MeterRegistry metrics,
            Vertx vertx) {
        this.name = name;
        this.app = app;
        this.reads = reads;
        this.admin = admin;
        this.worker = worker;
        this.relay = relay;
        this.vertx = vertx;
        this.writes = new BatchSizes(metrics, "write");
        this.batchedReads = new BatchSizes(metrics, "read");
    }

    /** The slice's name, such as {@code profile}: also the name of its schema and the prefix of its roles. */
    public String name() {
        return name;
    }

    /** The name of the service that owns the slice, such as {@code profile-service}. */
    public String service() {
        return name + "-service";
    }

    /** Runs a read that is the same for every caller: one prepared statement, no transaction, no identity. */
    public Uni<RowSet<Row>> publicRead(String sql, Object... arguments) {
        return uni(() -> reads.preparedQuery(sql).execute(Arguments.of(arguments)));
    }

    /** Runs a read with the caller's identity, in one round trip. */
    public Uni<RowSet<Row>> read(Caller caller, String sql, Object... arguments) {
        return uni(() -> pipelined(reads, begin(caller.id()), sql, arguments));
    }

    /**
     * Runs a write that is one statement, outbox row included, in one round trip. For the most frequent commands.
     *
     * @return the statement's rows, once it is committed
     */
    public Uni<RowSet<Row>> command(Caller caller, String sql, Object... arguments) {
        return uni(() -> pipelined(app, beginWrite(caller), sql, arguments)).invoke(relay::committed);
    }

    /**
     * Batches a write like {@link #command} that many callers send at the same time. One batch is in flight at a time.
     *
     * @param sql takes one array a column and yields one row a request, in the order of the requests; it must be idempotent
     * @param arguments maps the requests to the arrays
     */
    public <A extends RequestBatcher.Request> RequestBatcher<A, Row> batched(
            String sql, Function<List<A>, Object[]> arguments) {
        return new RequestBatcher<>(
                vertx,
                1,
                (batch, lockTimeout) -> pipelined(
                                app,
                                begin(batch) + "; SET LOCAL lock_timeout = " + lockTimeout.toMillis(),
                                sql,
                                arguments.apply(writes.counted(batch)))
                        .onSuccess(done -> relay.committed()),
                SliceDatabase::oneRowEach);
    }

    /**
     * Batches a read like {@link #read} that many callers send at the same time. A few batches are in flight at a time.
     *
     * @param sql takes one array a column and yields any number of rows a request; the column {@code position} is the request's
     *     place in the arrays, from 1
     * @param arguments maps the requests to the arrays
     */
    public <A extends RequestBatcher.Request> RequestBatcher<A, List<Row>> batchedRead(
            String sql, Function<List<A>, Object[]> arguments) {
        return new RequestBatcher<>(
                vertx,
                MAX_READ_BATCHES,
                (batch, lockTimeout) ->
                        pipelined(reads, begin(batch), sql, arguments.apply(batchedReads.counted(batch))),
                SliceDatabase::rowsByPosition);
    }

    /** Runs several statements in one transaction as the caller; rolls it back when {@code work} fails. */
    public <T> Uni<T> write(Caller caller, Function<Tx, Uni<T>> work) {
        return transaction(app, beginWrite(caller), caller.traceparent(), work);
    }

    /** Runs a transaction with a platform admin's rights. The role is checked again here, so no path can omit it. */
    public <T> Uni<T> writeAsAdmin(Caller caller, Function<Tx, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> transaction(admin, begin(caller.asAdmin().id()), caller.traceparent(), work));
    }

    /** Runs a transaction without a caller, for consumers and scheduled jobs. */
    public <T> Uni<T> asWorker(Function<Tx, Uni<T>> work) {
        return transaction(worker, "BEGIN", null, work);
    }

    /**
     * Runs transactions without a caller, one after another, until one returns false. Fails with the first that fails; those before
     * it stay committed.
     *
     * @param step one transaction; returns whether there may be more to do
     */
    public Uni<Void> asWorkerInBatches(Function<Tx, Uni<Boolean>> step) {
        // Repeated, not chained: a chain of tens of thousands of steps overflows the stack.
        return asWorker(step).repeat().whilst(more -> more).collect().last().replaceWithVoid();
    }

    /** Runs one statement without a caller in its own transaction. It must publish no event: the relay is not notified. */
    public Uni<RowSet<Row>> asWorker(String sql, Object... arguments) {
        return uni(() -> worker.preparedQuery(sql).execute(Arguments.of(arguments)));
    }

    /** Takes a connection out of the worker pool for as long as the caller needs it. The caller closes it. */
    public Uni<SqlConnection> workerConnection() {
        return uni(worker::getConnection);
    }

    private static String begin(List<? extends RequestBatcher.Request> batch) {
        return batch.stream()
                        .map(request -> request.caller().id().toString())
                        .collect(Collectors.joining(",", "BEGIN; SET LOCAL tradosphere.callers = '{", "}'"))
                // A custom plan would be made for every execution, since each has other arrays.
                + "; SET LOCAL plan_cache_mode = force_generic_plan";
    }

    private static List<Row> oneRowEach(List<?> batch, RowSet<Row> rows) {
        if (rows.size() != batch.size()) {
            throw new IllegalStateException(
                    "The statement returned " + rows.size() + " rows for a batch of " + batch.size() + " requests");
        }
        return Rows.list(rows, row -> row);
    }

    private static List<List<Row>> rowsByPosition(List<?> batch, RowSet<Row> rows) {
        List<List<Row>> byPosition =
                batch.stream().<List<Row>>map(request -> new ArrayList<>()).toList();
        for (Row row : rows) {
            byPosition.get(row.getLong("position").intValue() - 1).add(row);
        }
        return byPosition;
    }

    private static String begin(UUID caller) {
        // A UUID's text needs no escaping. One message begins the transaction and sets the caller.
        return "BEGIN; SET LOCAL tradosphere.caller = '" + caller + "'";
    }

    /** For triggers that write events, the transaction knows the trace context too. {@code Traceparent} has checked its form. */
    private static String beginWrite(Caller caller) {
        return caller.traceparent() == null
                ? begin(caller.id())
                : begin(caller.id()) + "; SET LOCAL tradosphere.traceparent = '" + caller.traceparent() + "'";
    }

    private static Future<RowSet<Row>> pipelined(Pool pool, String begin, String sql, Object... arguments) {
        return pool.getConnection().compose(connection -> {
            Future<?> begun = connection.query(begin).execute();
            Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(Arguments.of(arguments));
            // COMMIT of an aborted transaction succeeds as a rollback, so every future is checked, not only the last.
            Future<?> committed = connection.query("COMMIT").execute();
            return Future.join(begun, rows, committed)
                    .eventually(() -> connection.close())
                    .transform(all -> all.succeeded() || rows.failed() ? rows : Future.failedFuture(all.cause()));
        });
    }

    private <T> Uni<T> transaction(Pool pool, String begin, String traceparent, Function<Tx, Uni<T>> work) {
        return uni(() -> pool.getConnection().compose(connection -> {
                    Future<?> begun = connection.query(begin).execute();
                    // The first statement is pipelined behind BEGIN; its result counts only if BEGIN succeeded.
                    return run(connection, traceparent, work)
                            .compose(result -> begun.map(result))
                            .compose(
                                    result ->
                                            connection.query("COMMIT").execute().map(ignored -> result),
                                    failure -> connection
                                            .query("ROLLBACK")
                                            .execute()
                                            .transform(ignored -> Future.<T>failedFuture(failure)))
                            .eventually(() -> connection.close());
                }))
                .invoke(relay::committed);
    }

    /** Subscribes here, so that a client's cancellation cannot leave the transaction open. */
    private static <T> Future<T> run(SqlConnection connection, String traceparent, Function<Tx, Uni<T>> work) {
        Promise<T> outcome = Promise.promise();
        Uni.createFrom()
                .deferred(() -> work.apply(new Tx(connection, traceparent)))
                .subscribe()
                .with(outcome::complete, outcome::fail);
        return outcome.future();
    }

    private static <T> Uni<T> uni(Supplier<Future<T>> start) {
        return Uni.createFrom().deferred(() -> UniHelper.toUni(start.get()));
    }
}
