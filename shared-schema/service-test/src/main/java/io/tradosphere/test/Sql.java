package io.tradosphere.test;

import io.tradosphere.stack.Slice;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SQL sessions on the database of the service under test, with any role and caller. */
public final class Sql {

    private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

    private final String url;
    private final String user;
    private final String password;
    private final String schema;
    /** The statement that sets the caller; empty without a caller. */
    private final String claim;

    private Sql(String url, String user, String password, String schema, String claim) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.schema = schema;
        this.claim = claim;
    }

    /** A session of the superuser, who bypasses policies. */
    public static Sql asSuperuser() {
        var address = SliceStack.database().superuser();
        return new Sql(
                SliceStack.database().jdbcUrl(),
                address.user(),
                address.password(),
                SliceStack.sliceUnderTest().schema(),
                "");
    }

    /** A session of one of the slice's roles, without a caller. */
    public static Sql as(Slice.Role role) {
        Slice slice = SliceStack.sliceUnderTest();
        return new Sql(
                SliceStack.database().jdbcUrl(),
                slice.role(role),
                SliceStack.database().password(slice, role),
                slice.schema(),
                "");
    }

    /** This session with a caller. */
    public Sql claiming(UUID person) {
        return claiming("tradosphere.caller = '" + person + "'");
    }

    /** This session with the callers of a batch. */
    public Sql claimingAll(TestUser... people) {
        return claiming("tradosphere.callers = '{"
                + Arrays.stream(people).map(person -> person.id().toString()).collect(Collectors.joining(",")) + "}'");
    }

    private Sql claiming(String setting) {
        return new Sql(url, user, password, schema, "SET LOCAL " + setting);
    }

    /** Runs one statement in its own transaction, and returns the number of affected rows. */
    public int execute(String sql, Object... arguments) {
        return inTransaction(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, arguments)) {
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Runs statements, separated by semicolons, in one transaction.
     *
     * @param names the value of each {@code $name}: a person, an id, an instant or a number
     */
    public void script(String statements, Map<String, ?> names) {
        execute(named(statements, names));
    }

    /** Replaces every {@code $name} in statements, as {@link #script} does. */
    static String named(String statements, Map<String, ?> names) {
        return NAME.matcher(statements)
                .replaceAll(name -> literal(Objects.requireNonNull(names.get(name.group(1)), name.group(1))));
    }

    private static String literal(Object value) {
        Object plain = value instanceof TestUser person ? person.id() : value;
        return plain instanceof Number ? plain.toString() : "'" + plain + "'";
    }

    /** The first column of every row. */
    public List<Object> column(String sql, Object... arguments) {
        return inTransaction(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, arguments);
                    ResultSet rows = statement.executeQuery()) {
                List<Object> column = new ArrayList<>();
                while (rows.next()) {
                    column.add(rows.getObject(1));
                }
                return column;
            }
        });
    }

    /** The single value that the statement returns, as a number. */
    public long number(String sql, Object... arguments) {
        return ((Number) column(sql, arguments).get(0)).longValue();
    }

    /** The SQLSTATE of the statement's failure; empty when it succeeds. */
    public String refusal(String sql, Object... arguments) {
        try {
            execute(sql, arguments);
            return "";
        } catch (SqlRefused refused) {
            return refused.state();
        }
    }

    private <T> T inTransaction(Work<T> work) {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        try (Connection connection = DriverManager.getConnection(url, login)) {
            connection.setAutoCommit(false);
            try (var setup = connection.createStatement()) {
                setup.execute("SET LOCAL search_path = " + schema + ", auth, pg_catalog");
                setup.execute(claim);
            }
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException refused) {
            throw new SqlRefused(refused);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Thrown when the database refuses a statement. */
    public static final class SqlRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String state;

        SqlRefused(SQLException refused) {
            super(refused.getMessage(), refused);
            this.state = refused.getSQLState();
        }

        /** The SQLSTATE. */
        public String state() {
            return state;
        }
    }
}
