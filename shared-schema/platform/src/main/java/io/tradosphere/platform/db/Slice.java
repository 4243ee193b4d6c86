package io.tradosphere.platform.db;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.outbox.RelaySignal;
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
 * This service's slice of the schema and the only ways into it. Identity is set inside a transaction and nowhere else, so a
 * pooled connection keeps no memory of whom it last worked for.
 */
@ApplicationScoped
public class Slice {

    /** Enough for all of a small machine's cores, and few enough to leave connections to everything else. */
    private static final int READS_AT_ONCE = 4;

    private final String name;
    private final Pool app;
    private final Pool admin;
    private final Pool worker;
    private final RelaySignal relay;
    private final Vertx vertx;

    Slice(
            @ConfigProperty(name = "tradosphere.slice") String name,
            @ReactiveDataSource("app") Pool app,
            @ReactiveDataSource("admin") Pool admin,
            @ReactiveDataSource("worker") Pool worker,
            RelaySignal relay,
            Vertx vertx) {
        this.name = name;
        this.app = app;
        this.admin = admin;
        this.worker = worker;
        this.relay = relay;
        this.vertx = vertx;
    }

    /** The slice's name, which is its schema's and the stem of its roles', such as {@code profile}. */
    public String name() {
        return name;
    }

    /** The name of the service that owns the slice, such as {@code profile-service}. */
    public String service() {
        return name + "-service";
    }

    /** A read that is the same for every caller: one prepared statement, no transaction, no identity. */
    public Uni<RowSet<Row>> publicRead(String sql, Object... arguments) {
        return uni(() -> app.preparedQuery(sql).execute(Arguments.of(arguments)));
    }

    /** A read of what only this caller may see, in one round trip. */
    public Uni<RowSet<Row>> read(Caller caller, String sql, Object... arguments) {
        return uni(() -> pipelined(begin(caller.id()), sql, arguments));
    }

    /**
     * A write that is one statement, outbox row included, in one round trip; for the hottest commands.
     *
     * @return the statement's rows, once it is committed
     */
    public Uni<RowSet<Row>> command(Caller caller, String sql, Object... arguments) {
        return uni(() -> pipelined(begin(caller.id()), sql, arguments)).invoke(relay::committed);
    }

    /**
     * A write as {@link #command}, of those that so many give at once that they are better committed together: one group at a time.
     *
     * @param sql takes a column of each argument; for each row of them, in their order, it yields one row. Running it again must
     *     do no harm
     * @param arguments the columns, of what was asked for
     */
    public <A extends Grouped.Asked> Grouped<A, Row> grouped(String sql, Function<List<A>, Object[]> arguments) {
        return new Grouped<>(
                vertx,
                1,
                (group, hurried) -> pipelined(hurried ? beginHurried(group) : begin(group), sql, arguments.apply(group))
                        .onSuccess(done -> relay.committed()),
                Slice::oneRowEach);
    }

    /**
     * A read as {@link #read}, of those that so many ask for at once that they are better read together: a few groups at a time.
     *
     * @param sql takes a column of each argument; for each row of them it yields any rows, with the place of that row, from 1, as
     *     {@code position}
     * @param arguments the columns, of what was asked for
     */
    public <A extends Grouped.Asked> Grouped<A, List<Row>> groupedRead(
            String sql, Function<List<A>, Object[]> arguments) {
        return new Grouped<>(
                vertx,
                READS_AT_ONCE,
                (group, hurried) -> pipelined(begin(group), sql, arguments.apply(group)),
                Slice::rowsByPosition);
    }

    /** A write of several statements as the caller; committed when {@code work} succeeds, undone when it fails. */
    public <T> Uni<T> write(Caller caller, Function<Tx, Uni<T>> work) {
        return transaction(app, begin(caller.id()), caller.traceparent(), work);
    }

    /** A write with a platform-admin's rights. The caller's role is asked again here, so no path can forget to. */
    public <T> Uni<T> writeAsAdmin(Caller caller, Function<Tx, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> transaction(admin, begin(caller.asAdmin().id()), caller.traceparent(), work));
    }

    /** A write on nobody's behalf: consumers and housekeeping. */
    public <T> Uni<T> work(Function<Tx, Uni<T>> work) {
        return transaction(worker, "BEGIN", null, work);
    }

    /**
     * Work that is done in parts, each a transaction of its own, until one of them says that there is no more. It fails with the
     * first that fails; the parts before it are done.
     */
    public Uni<Void> workInParts(Function<Tx, Uni<Boolean>> part) {
        // Repeated rather than chained: a chain with a link for each of tens of thousands of parts overflows the stack
        // at its end.
        return work(part).repeat().whilst(more -> more).collect().last().replaceWithVoid();
    }

    /** One statement on nobody's behalf, a transaction of its own; one without events, since the relay is not told of it. */
    public Uni<RowSet<Row>> workOnce(String sql, Object... arguments) {
        return uni(() -> worker.preparedQuery(sql).execute(Arguments.of(arguments)));
    }

    /** A connection for as long as the service lives, outside the pool's turnover; the caller closes it. */
    public Uni<SqlConnection> workerConnection() {
        return uni(worker::getConnection);
    }

    private static String begin(List<? extends Grouped.Asked> group) {
        return group.stream()
                        .map(asked -> asked.caller().id().toString())
                        .collect(Collectors.joining(",", "BEGIN; SET LOCAL tradosphere.callers = '{", "}'"))
                // Planned for the arrays at hand, a statement would be planned anew each time.
                + "; SET LOCAL plan_cache_mode = force_generic_plan";
    }

    private static String beginHurried(List<? extends Grouped.Asked> group) {
        return begin(group) + "; SET LOCAL lock_timeout = '100ms'";
    }

    private static List<Row> oneRowEach(List<?> group, RowSet<Row> rows) {
        if (rows.size() != group.size()) {
            throw new IllegalStateException(
                    "A statement for " + group.size() + " callers has answered with " + rows.size() + " rows");
        }
        return Rows.list(rows, row -> row);
    }

    private static List<List<Row>> rowsByPosition(List<?> group, RowSet<Row> rows) {
        List<List<Row>> each =
                group.stream().<List<Row>>map(asked -> new ArrayList<>()).toList();
        for (Row row : rows) {
            each.get(row.getLong("position").intValue() - 1).add(row);
        }
        return each;
    }

    private static String begin(UUID caller) {
        // A UUID's text needs no quoting, and one message sets both.
        return "BEGIN; SET LOCAL tradosphere.caller = '" + caller + "'";
    }

    private Future<RowSet<Row>> pipelined(String begin, String sql, Object... arguments) {
        return app.getConnection().compose(connection -> {
            Future<?> begun = connection.query(begin).execute();
            Future<RowSet<Row>> rows = connection.preparedQuery(sql).execute(Arguments.of(arguments));
            // The COMMIT of an aborted transaction succeeds as a rollback, so every future counts, not the last alone.
            Future<?> committed = connection.query("COMMIT").execute();
            return Future.join(begun, rows, committed)
                    .eventually(() -> connection.close())
                    .transform(all -> all.succeeded() || rows.failed() ? rows : Future.failedFuture(all.cause()));
        });
    }

    private <T> Uni<T> transaction(Pool pool, String begin, String traceparent, Function<Tx, Uni<T>> work) {
        return uni(() -> pool.getConnection().compose(connection -> {
                    Future<?> begun = connection.query(begin).execute();
                    // The first statement follows at once; what it came to counts only in a transaction that has begun.
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

    /** Subscribed to here and now, so that a caller who hangs up cannot leave a transaction half way. */
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
