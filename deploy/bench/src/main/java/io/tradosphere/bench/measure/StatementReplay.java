package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.Measurement;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replays a service's statements for a request with pgbench. They are captured once and run in each round. */
final class StatementReplay {

    private final CaseContext context;
    private final String name;
    private final Pgbench.Session as;
    private Optional<Script> script = Optional.empty();

    /**
     * @param context what to measure on; without pgbench nothing is captured
     * @param name name of the script
     * @param as the service's database session
     */
    StatementReplay(CaseContext context, String name, Pgbench.Session as) {
        this.context = context;
        this.name = name;
        this.as = as;
    }

    /**
     * Captures the statements.
     *
     * @param text contained in one of the statements
     * @param request sends the request to the service
     * @param who the substitution of the caller
     */
    void capture(String text, Runnable request, Script.Substitution who) throws SQLException, IOException {
        if (context.pgbench().isEmpty()) {
            return;
        }
        List<LoggedStatement> sent =
                new StatementCapture(context.database(), context.databaseLog()).capture(as.who(), text, request);
        if (!sent.isEmpty()) {
            try (Connection connection =
                            context.database().in(as.address().database()).connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = " + as.searchPath());
                script = Optional.of(Script.of(sent, who, sql -> types(sql, connection)));
            }
        }
    }

    /** Runs the statements for a duration; empty when none were captured or pgbench is missing. */
    Optional<Measurement> run(Duration howLong) throws IOException, InterruptedException {
        return script.isEmpty() ? Optional.empty() : run(script.get(), howLong);
    }

    /** The same with other text, such as another signal's id, in place of the captured text. */
    Optional<Measurement> run(Duration howLong, String captured, String other)
            throws IOException, InterruptedException {
        return script.isEmpty() ? Optional.empty() : run(script.get().with(captured, other), howLong);
    }

    private Optional<Measurement> run(Script what, Duration howLong) throws IOException, InterruptedException {
        return Optional.of(context.pgbench().orElseThrow().run(name, what, as, howLong));
    }

    private static List<String> types(String sql, Connection connection) throws SQLException {
        List<String> types = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE captured AS " + sql);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'captured'")) {
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
            }
            statement.execute("DEALLOCATE captured");
        }
        return types;
    }
}
