package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A slice whose migrations one process applies, so that the one that serves has no password of the owner. */
class MigrationModeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final List<ServiceProcess> processes = new ArrayList<>();

    private TestDatabase database;

    @BeforeEach
    void bootstrap() {
        database = TestStack.get().newDatabase(ServiceProcess.SLICE);
    }

    @AfterEach
    void nothing_stays() {
        processes.forEach(ServiceProcess::close);
        database.close();
    }

    @Test
    void a_process_that_only_migrates_needs_the_owner_alone_and_ends_with_0() throws Exception {
        // when
        ServiceProcess first = migrate();
        assertThat(first.exitCode()).isZero();
        ServiceProcess second = migrate();

        // then
        assertThat(first.output()).matches("The schema social is up to date: [0-9]+ migrations applied.\n");
        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).isEqualTo("The schema social is up to date: 0 migrations applied.\n");
        assertThat(ask("SELECT count(*) FROM social.follows")).isEqualTo("0");
    }

    @Test
    void a_migration_that_fails_ends_with_1_and_one_line() throws Exception {
        // given
        assertThat(migrate().exitCode()).isZero();
        execute("DELETE FROM social.flyway_schema_history WHERE version = '001'");

        // when
        ServiceProcess migration = migrate();

        // then
        assertThat(migration.exitCode()).isEqualTo(1);
        assertThat(migration.output().lines())
                .singleElement()
                .asString()
                .startsWith("Not started: Failed to execute script V001__follows.sql: ERROR: ")
                .contains("already exists");
    }

    @Test
    void a_service_that_never_migrates_waits_for_the_schema_and_serves_without_the_owner() throws Exception {
        // given the owner cannot even connect
        execute("REVOKE CONNECT ON DATABASE " + database.name() + " FROM social_owner");

        // when
        ServiceProcess service = serve();

        // then
        await().atMost(TIMEOUT).until(() -> !service.output().isEmpty());
        assertThat(service.output().lines())
                .singleElement()
                .asString()
                .startsWith("Waiting for the migrations of the schema social (")
                .endsWith("): start this version once with TRADOSPHERE_MIGRATE=only.");
        assertThat(service.isReady()).isFalse();

        // when
        execute("GRANT CONNECT ON DATABASE " + database.name() + " TO social_owner");
        assertThat(migrate().exitCode()).isZero();
        execute("REVOKE CONNECT ON DATABASE " + database.name() + " FROM social_owner");

        // then
        await().atMost(TIMEOUT).until(service::isReady);
        assertThat(ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'social_owner' AND datname = '"
                        + database.name() + "'"))
                .isEqualTo("0");
    }

    @Test
    void a_schema_that_lacks_a_migration_is_waited_for() throws Exception {
        // given
        assertThat(migrate().exitCode()).isZero();
        execute("DELETE FROM social.flyway_schema_history WHERE version = '003'");

        // when
        ServiceProcess service = serve();

        // then
        await().atMost(TIMEOUT).until(() -> !service.output().isEmpty());
        assertThat(service.output())
                .startsWith(
                        "Waiting for the migrations of the schema social (1 to apply, from V003__follows_of_many.sql)");
    }

    @Test
    void a_schema_that_a_later_version_has_added_to_or_has_taken_from_what_this_one_does_without_is_served()
            throws Exception {
        // given
        assertThat(migrate().exitCode()).isZero();
        applied("900", "expand column x");
        applied("901", "contract 003 drop column y");

        // when
        ServiceProcess service = serve();

        // then
        await().atMost(TIMEOUT).until(service::isReady);
        assertThat(migrate().exitCode()).isZero();
    }

    @Test
    void a_schema_from_which_a_later_version_has_taken_what_this_one_uses_is_refused() throws Exception {
        // given
        assertThat(migrate().exitCode()).isZero();
        applied("901", "contract 900 drop column y");

        // when
        ServiceProcess service = serve();
        ServiceProcess migration = migrate();

        // then
        String refusal =
                "Not started: the schema social is too new for this version: V901__contract_900_drop_column_y.sql"
                        + " took away what a version without migration 900 uses. Start a newer version.\n";
        assertThat(service.exitCode()).isEqualTo(78);
        assertThat(service.output()).isEqualTo(refusal);
        assertThat(migration.exitCode()).isEqualTo(78);
        assertThat(migration.output()).isEqualTo(refusal);
    }

    private void applied(String version, String description) throws SQLException {
        execute("INSERT INTO social.flyway_schema_history SELECT max(installed_rank) + 1, '" + version + "', '"
                + description + "', 'SQL', 'db/migration/V" + version + "__" + description.replace(' ', '_')
                + ".sql', 1, 'social_owner', now(), 1, true FROM social.flyway_schema_history");
    }

    private ServiceProcess migrate() throws IOException {
        return started(ServiceProcess.migrate(database, database.url()));
    }

    private ServiceProcess serve() throws IOException {
        return started(ServiceProcess.serve(database, database.url()));
    }

    private ServiceProcess started(ServiceProcess process) {
        processes.add(process);
        return process;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
