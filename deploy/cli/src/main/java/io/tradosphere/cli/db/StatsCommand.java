package io.tradosphere.cli.db;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Table;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints database statistics: table sizes, index use and slow statements. */
@Command(
        name = "stats",
        description = "Shows table sizes, index use and slow statements of the running suite.",
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {

    private static final String SIZES = """
            SELECT schemaname, relname, pg_size_pretty(pg_total_relation_size(relid)), n_live_tup
            FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC, 1, 2 LIMIT 30
            """;
    private static final String INDEXES = """
            SELECT schemaname, relname, indexrelname, idx_scan
            FROM pg_stat_user_indexes ORDER BY idx_scan DESC, 1, 2, 3 LIMIT 30
            """;
    private static final String SLOW = """
            SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 100), calls,
                   round(total_exec_time::numeric, 1), round(mean_exec_time::numeric, 2)
            FROM pg_stat_statements WHERE mean_exec_time > %d ORDER BY mean_exec_time DESC LIMIT 10
            """;

    @Mixin
    private DataFolder data;

    @Option(
            names = "--slower-than",
            paramLabel = "MS",
            defaultValue = "1000",
            description = "the mean time in milliseconds above which a statement is slow (default: 1000)")
    private int slow;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Address database = Address.parse(Endpoints.ofRunning(data).get("POSTGRES_URL"));
        PrintWriter out = spec.commandLine().getOut();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            out.println("The largest tables");
            show(statement, SIZES, new Table("schema", "table", "size", "rows"), out);
            out.println("\nIndexes by use");
            show(statement, INDEXES, new Table("schema", "table", "index", "scans"), out);
            out.println("\nStatements slower than " + slow + " ms on average");
            show(statement, SLOW.formatted(slow), new Table("statement", "calls", "total ms", "mean ms"), out);
            return 0;
        } catch (SQLException e) {
            throw new StackException("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static void show(Statement statement, String sql, Table table, PrintWriter out) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            boolean any = false;
            while (rows.next()) {
                any = true;
                table.row(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
            }
            if (any) {
                table.print(out);
            } else {
                out.println("none");
            }
        }
    }
}
