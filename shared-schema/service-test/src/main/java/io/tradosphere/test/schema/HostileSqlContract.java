package io.tradosphere.test.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.stack.Slice;
import io.tradosphere.test.SliceStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Test contract of a slice's roles: what an intruder with their passwords cannot do. A second slice shares the database. Services
 * subclass it.
 */
public abstract class HostileSqlContract {

    private static final String REFUSED = "42501";
    private static final String PUBLISH =
            "INSERT INTO outbox (topic, key, type, subject, payload) VALUES ('%s', 'k', 'io.tradosphere.x.y.v1', 's', '{}')";
    private static final String DRAIN = "INSERT INTO outbox (topic, key, subject) VALUES ('%s', 'k', 's')";

    private static MigratedDatabase own;
    private static MigratedDatabase neighbour;

    @BeforeAll
    static void migrate() {
        Slice slice = SliceStack.sliceUnderTest();
        List<Slice> slices = List.of(Slice.values());
        Slice next = slices.get((slices.indexOf(slice) + 1) % slices.size());
        own = MigratedDatabase.ofTheModuleUnderTest(List.of(next));
        neighbour = own.neighbour(next);
    }

    @AfterAll
    static void drop() {
        own.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_role_cannot_touch_a_table_of_another_slice(Slice.Role role) throws SQLException {
        List<String> tables = catalog(
                "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = '%s'::regnamespace");

        assertThat(tables).hasSizeGreaterThan(5);
        for (String table : tables) {
            assertThat(refusals(
                            neighbour,
                            role,
                            "SELECT FROM " + table,
                            "INSERT INTO " + table + " DEFAULT VALUES",
                            "DELETE FROM " + table,
                            "TRUNCATE " + table,
                            "LOCK TABLE " + table + " IN ACCESS SHARE MODE"))
                    .as(table)
                    .containsOnly(REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_role_cannot_call_a_function_of_another_slice(Slice.Role role) throws SQLException {
        for (String call : catalog(CALLS)) {
            assertThat(refusals(neighbour, role, call)).as(call).containsOnly(REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void a_role_calls_only_functions_that_are_granted_to_it(Slice.Role role) throws SQLException {
        String name = own.slice().role(role);

        for (String call : catalog(CALLS + " AND NOT has_function_privilege('" + name + "', p.oid, 'EXECUTE')")) {
            assertThat(refusals(own, role, call)).as(call).containsOnly(REFUSED);
        }
    }

    @Test
    void the_owner_of_another_slice_cannot_attach_a_trigger_function_to_a_table_of_its_own() throws SQLException {
        List<String> functions = catalog("""
                SELECT p.oid::regprocedure FROM pg_proc p
                WHERE p.pronamespace = '%s'::regnamespace AND p.prorettype = 'trigger'::regtype
                """);
        try (Connection intruder = neighbour.as(Slice.Role.OWNER);
                Statement statement = intruder.createStatement()) {
            statement.execute("CREATE TABLE mine (id uuid)");
        }

        for (String function : functions) {
            assertThat(refusals(
                            neighbour,
                            Slice.Role.OWNER,
                            "CREATE TRIGGER hung BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION " + function))
                    .as(function)
                    .containsOnly(REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void a_role_creates_nothing(Slice.Role role) throws SQLException {
        assertThat(refusals(
                        own,
                        role,
                        "CREATE TEMPORARY TABLE profiles (id uuid)",
                        "CREATE TABLE profiles_of_mine (id uuid)",
                        "CREATE TABLE public.profiles (id uuid)",
                        "CREATE SCHEMA mine",
                        "CREATE FUNCTION auth.uid2() RETURNS int LANGUAGE sql RETURN 1",
                        "CREATE OR REPLACE FUNCTION now() RETURNS timestamptz LANGUAGE sql RETURN NULL::timestamptz",
                        "CREATE EXTENSION dblink",
                        "COPY (SELECT 1) TO PROGRAM 'true'"))
                .containsOnly(REFUSED);
    }

    @Test
    void not_even_the_owner_creates_temporary_tables() throws SQLException {
        assertThat(refusals(own, Slice.Role.OWNER, "CREATE TEMPORARY TABLE profiles (id uuid)"))
                .containsOnly(REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void a_role_cannot_become_another(Slice.Role role) throws SQLException {
        assertThat(refusals(
                        own,
                        role,
                        "SET ROLE " + neighbour.slice().role(Slice.Role.WORKER),
                        "SET ROLE postgres",
                        "SET SESSION AUTHORIZATION " + neighbour.slice().role(Slice.Role.OWNER),
                        "GRANT " + neighbour.slice().role(Slice.Role.WORKER) + " TO "
                                + own.slice().role(role)))
                .isSubsetOf(REFUSED, "22023");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void a_role_publishes_to_topics_of_its_slice_alone(Slice.Role role) throws SQLException {
        String other = neighbour.slice().schema();

        assertThat(refusals(
                        own,
                        role,
                        PUBLISH.formatted("tradosphere." + other + ".things"),
                        PUBLISH.formatted("tradosphere.market.prices"),
                        PUBLISH.formatted("tradosphere." + own.slice().schema() + "x.things"),
                        PUBLISH.formatted("__consumer_offsets"),
                        DRAIN.formatted("tradosphere." + other + ".things"),
                        DRAIN.formatted("tradosphere.x.things." + other + "-service.group.dlq"),
                        PUBLISH.formatted("tradosphere.x.things." + own.slice().service() + ".group.dlq")))
                .containsOnly(REFUSED);
        assertThat(refusals(
                        own,
                        role,
                        PUBLISH.formatted("tradosphere." + own.slice().schema() + ".things")))
                .containsOnly("");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"APP", "ADMIN"})
    void only_the_worker_erases_dead_letters(Slice.Role role) throws SQLException {
        String letters = DRAIN.formatted("tradosphere.x.things." + own.slice().service() + ".group.dlq");

        assertThat(refusals(own, role, letters)).containsOnly(REFUSED);
        assertThat(refusals(own, Slice.Role.WORKER, letters)).containsOnly("");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void a_role_does_not_choose_the_number_id_or_time_of_an_event(Slice.Role role) throws SQLException {
        String topic = "'tradosphere." + own.slice().schema() + ".things', 'k', 's'";

        assertThat(refusals(
                        own,
                        role,
                        "INSERT INTO outbox (id, topic, key, subject) VALUES (9000000000000000000, " + topic + ")",
                        "INSERT INTO outbox (version, topic, key, subject) VALUES (9000000000000000000, " + topic + ")",
                        "INSERT INTO outbox (event_id, topic, key, subject) VALUES (uuidv7(), " + topic + ")",
                        "INSERT INTO outbox (created_at, topic, key, subject) VALUES (now(), " + topic + ")",
                        "UPDATE outbox SET topic = topic",
                        "SELECT setval('outbox_sequence', 9000000000000000000)",
                        "ALTER SEQUENCE outbox_sequence RESTART"))
                .containsOnly(REFUSED);
        assertThat(refusals(
                        own,
                        role,
                        "INSERT INTO outbox (version, topic, key, subject) SELECT nextval('outbox_sequence'), "
                                + topic))
                .containsOnly("");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void a_role_cannot_call_the_advisory_locks_of_the_whole_database(Slice.Role role) throws SQLException {
        List<String> calls = catalog("""
                SELECT format('SELECT %%s(%%s)', p.proname, array_to_string(array_fill('1'::text, ARRAY[p.pronargs::int]), ', '))
                FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '^pg_(try_)?advisory_'
                  AND '%s' <> ''
                """);

        assertThat(calls).hasSizeGreaterThan(10);
        assertThat(refusals(own, role, calls.toArray(String[]::new))).containsOnly(REFUSED);
    }

    @Test
    void a_lock_of_another_slice_with_the_same_name_is_another_lock() throws SQLException {
        try (Connection held = neighbour.as(Slice.Role.APP);
                Connection free = own.as(Slice.Role.APP);
                Connection sibling = own.as(Slice.Role.WORKER)) {
            for (Connection connection : List.of(held, free, sibling)) {
                connection.setAutoCommit(false);
            }

            assertThat(tryLock(held)).isTrue();
            assertThat(tryLock(free)).isTrue();
            assertThat(tryLock(sibling)).isFalse();
        }
    }

    @Test
    void only_the_slices_worker_can_hold_the_relays_lease_and_it_cannot_remove_it() throws SQLException {
        String lease = own.slice().schema() + ".relay_lease";
        String hold = "SELECT FROM " + lease + " FOR UPDATE";

        assertThat(refusals(own, Slice.Role.APP, hold, "LOCK TABLE " + lease)).containsOnly(REFUSED);
        assertThat(refusals(own, Slice.Role.ADMIN, hold, "LOCK TABLE " + lease)).containsOnly(REFUSED);
        for (Slice.Role role : Slice.Role.values()) {
            assertThat(refusals(neighbour, role, hold, "LOCK TABLE " + lease))
                    .as(role.name())
                    .containsOnly(REFUSED);
        }
        assertThat(refusals(own, Slice.Role.WORKER, "DELETE FROM " + lease, "TRUNCATE " + lease))
                .containsOnly(REFUSED);
        assertThat(refusals(own, Slice.Role.WORKER, hold)).containsOnly("");
    }

    private static final String CALLS = """
            SELECT format('SELECT %%I.%%I(%%s)', p.pronamespace::regnamespace, p.proname, (SELECT string_agg(
                CASE WHEN p.provariadic <> 0 AND position = p.pronargs THEN 'VARIADIC ' ELSE '' END
                  || 'NULL::' || format_type(argument, NULL), ', ' ORDER BY position)
              FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(argument, position)))
            FROM pg_proc p WHERE p.pronamespace = '%s'::regnamespace AND p.prokind = 'f' AND p.prorettype <> 'trigger'::regtype
            """;

    /** The first column of a query, in which {@code %s} is the slice's schema. */
    private static List<String> catalog(String sql) throws SQLException {
        try (Connection superuser = own.asSuperuser();
                Statement statement = superuser.createStatement();
                ResultSet rows =
                        statement.executeQuery(sql.formatted(own.slice().schema()))) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /** The SQLSTATE of each statement, run as a role in the name of a caller and rolled back; empty when it succeeds. */
    private static List<String> refusals(MigratedDatabase database, Slice.Role role, String... statements)
            throws SQLException {
        List<String> states = new ArrayList<>();
        try (Connection connection = database.as(role);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute("SET LOCAL tradosphere.caller = '" + UUID.randomUUID() + "'");
                try {
                    statement.execute(sql);
                    states.add("");
                } catch (SQLException refused) {
                    states.add(refused.getSQLState());
                }
                connection.rollback();
            }
        }
        return states;
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT auth.try_lock('name')")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
