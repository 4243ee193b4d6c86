package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.Reading;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a service sends to the database for a request, sent by pgbench instead: heard once, then run in each round. */
final class BareStatements {

    private final Stage stage;
    private final String name;
    private final Pgbench.As as;
    private Optional<Script> script = Optional.empty();

    /**
     * @param stage where it is measured; without a pgbench nothing is
     * @param name what its script is called
     * @param as which service's they are
     */
    BareStatements(Stage stage, String name, Pgbench.As as) {
        this.stage = stage;
        this.name = name;
        this.as = as;
    }

    /**
     * Learns them.
     *
     * @param text what the statement holds that matters
     * @param request sends the service a request
     * @param who stands in for whoever asks
     */
    void hear(String text, Runnable request, Script.StandIn who) throws SQLException, IOException {
        if (stage.pgbench().isEmpty()) {
            return;
        }
        List<SentStatement> sent = new Listening(stage.database(), stage.databaseLog()).hear(as.who(), text, request);
        if (!sent.isEmpty()) {
            try (Connection like = stage.database().in(as.address().database()).connect();
                    Statement statement = like.createStatement()) {
                statement.execute("SET search_path = " + as.searchPath());
                script = Optional.of(Script.of(sent, who, sql -> types(sql, like)));
            }
        }
    }

    /** Runs them for so long; empty when the service asks the database nothing, or there is no pgbench. */
    Optional<Reading> run(Duration howLong) throws IOException, InterruptedException {
        return script.isEmpty() ? Optional.empty() : run(script.get(), howLong);
    }

    /** The same, with something else in place of what was heard, such as another signal's id. */
    Optional<Reading> run(Duration howLong, String heard, String other) throws IOException, InterruptedException {
        return script.isEmpty() ? Optional.empty() : run(script.get().with(heard, other), howLong);
    }

    private Optional<Reading> run(Script what, Duration howLong) throws IOException, InterruptedException {
        return Optional.of(stage.pgbench().orElseThrow().run(name, what, as, howLong));
    }

    private static List<String> types(String sql, Connection like) throws SQLException {
        List<String> types = new ArrayList<>();
        try (Statement statement = like.createStatement()) {
            statement.execute("PREPARE heard AS " + sql);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'heard'")) {
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
            }
            statement.execute("DEALLOCATE heard");
        }
        return types;
    }
}
