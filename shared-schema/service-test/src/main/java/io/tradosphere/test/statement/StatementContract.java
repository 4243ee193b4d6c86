package io.tradosphere.test.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.stack.Slice;
import io.tradosphere.test.schema.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Test contract of every slice's SQL statements. Services subclass it in their own package. */
public abstract class StatementContract {

    private static final String PLATFORM = "io.tradosphere.platform";

    /** A reconciliation's statement has a column in braces where a condition on it comes; see {@code DerivedValue}. */
    private static final Pattern RANGE = Pattern.compile("\\{[\\w.]+}");
    /** The number of rows of a page, which is written as a number. */
    private static final String ROWS = ":rows";

    private static final Map<String, SqlStatements> FOUND = new ConcurrentHashMap<>();

    /** Whether the service uses a statement of the platform. One that it does not use may be of tables that it does not have. */
    protected boolean uses(String place) {
        return true;
    }

    @Test
    void the_database_prepares_every_statement() throws SQLException {
        // given
        SqlStatements statements = statements();

        // when
        List<String> refused = new ArrayList<>();
        try (MigratedDatabase database = MigratedDatabase.ofTheModuleUnderTest();
                Connection connection = database.as(Slice.Role.WORKER)) {
            for (Map.Entry<String, String> statement : statements.all().entrySet()) {
                if (uses(statement.getKey())) {
                    refusal(connection, statement.getValue())
                            .forEach(reason -> refused.add(statement.getKey() + ": " + reason));
                }
            }
        }

        // then
        assertThat(statements.all().size()).isGreaterThan(40);
        assertThat(refused).isEmpty();
    }

    @Test
    void no_method_puts_a_statement_together() {
        assertThat(SqlStatements.in(getClass().getPackageName()).builtInMethods())
                .as("make a constant of each variant")
                .isEmpty();
    }

    @Test
    void a_statement_of_over_15_lines_is_in_a_file() throws IOException {
        assertThat(LongSql.in(Path.of("src/main/java"))).isEmpty();
        assertThat(LongSql.in(Path.of("../shared-schema/platform/src/main/java")))
                .isEmpty();
    }

    @Test
    void no_statement_may_lock_more_rows_than_its_limit_says() {
        List<String> refused = new ArrayList<>();
        statements()
                .all()
                .forEach((place, sql) -> LockingSubqueries.evaluatedAgain(sql)
                        .forEach(subquery -> refused.add(place + ": " + subquery)));

        assertThat(refused)
                .as("put it in a MATERIALIZED common table expression, or after = ANY (ARRAY(…))")
                .isEmpty();
    }

    /** Searched for once in a run: it takes longer than what is done with them. */
    private SqlStatements statements() {
        return FOUND.computeIfAbsent(getClass().getPackageName(), slice -> SqlStatements.in(slice, PLATFORM));
    }

    private static List<String> refusal(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "PREPARE tried AS " + RANGE.matcher(sql).replaceAll("true").replace(ROWS, "51"));
            statement.execute("DEALLOCATE tried");
            return List.of();
        } catch (SQLException refused) {
            return List.of(refused.getMessage());
        }
    }
}
