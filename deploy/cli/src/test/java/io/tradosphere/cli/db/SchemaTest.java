package io.tradosphere.cli.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @TempDir
    private Path clone;

    private TestDatabase database;
    private Schema schema;
    private Path migrations;

    @BeforeEach
    void makeSlice() throws IOException {
        migrations = Files.createDirectories(clone.resolve("social-service/src/main/resources/db/migration"));
        Files.writeString(
                clone.resolve("social-service/src/main/resources/application.properties"),
                "tradosphere.slice=social\n");
        Files.writeString(migrations.resolve("V001__first.sql"), "CREATE TABLE first (id int);");
        Files.writeString(migrations.resolve("U001__first.sql"), "DROP TABLE first;");
        Files.writeString(
                migrations.resolve("V002__second.sql"),
                "CREATE TABLE second (id int); GRANT SELECT ON second TO ${slice}_app; INSERT INTO second VALUES (1);");
        Files.writeString(
                migrations.resolve("U002__second.sql"),
                "REVOKE SELECT ON second FROM ${slice}_app;\nDO $$ BEGIN DROP TABLE second; END $$;");
        database = TestStack.get().newDatabase(Slice.SOCIAL);
        schema = new Schema(new Checkout(clone), Slice.SOCIAL, database.as(Slice.SOCIAL, Slice.Role.OWNER));
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void down_reverts_the_last_migration_and_migrate_applies_it_again() throws SQLException {
        // given
        assertThat(schema.migrate()).isEqualTo(2);

        // when
        assertThat(schema.down()).isEqualTo("V002__second.sql");

        // then
        assertThat(tables()).isEqualTo("first,flyway_schema_history");
        assertThat(schema.migrate()).isEqualTo(1);
        assertThat(tables()).isEqualTo("first,flyway_schema_history,second");
    }

    @Test
    void a_migration_that_the_service_applied_is_reverted_too() throws SQLException {
        // given a history as a service writes it, each file with its folder
        schema.migrate();
        try (Connection connection = database.as(Slice.SOCIAL, Slice.Role.OWNER).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET script = 'db/migration/' || script");
        }

        // when
        assertThat(schema.down()).isEqualTo("V002__second.sql");

        // then
        assertThat(tables()).isEqualTo("first,flyway_schema_history");
    }

    @Test
    void all_migrations_can_be_reverted() {
        schema.migrate();
        schema.down();
        schema.down();
        assertThatThrownBy(schema::down).isInstanceOf(StackException.class).hasMessageContaining("nothing to undo");
    }

    @Test
    void an_undo_that_fails_changes_nothing() throws Exception {
        // given
        schema.migrate();
        Files.writeString(migrations.resolve("U002__second.sql"), "DROP TABLE second; DROP TABLE absent;");

        // when
        assertThatThrownBy(schema::down)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("U002__second.sql failed and changed nothing");

        // then
        assertThat(tables()).isEqualTo("first,flyway_schema_history,second");
        assertThat(schema.migrate()).isZero();
    }

    @Test
    void a_migration_without_an_undo_file_is_refused() throws Exception {
        schema.migrate();
        Files.delete(migrations.resolve("U002__second.sql"));
        assertThatThrownBy(schema::down)
                .isInstanceOf(StackException.class)
                .hasMessage("V002__second.sql has no undo file U002__second.sql beside it, so it cannot be undone.");
    }

    @Test
    void a_reset_drops_and_migrates_everything() throws SQLException {
        // given
        schema.migrate();
        try (Connection connection = database.as(Slice.SOCIAL, Slice.Role.OWNER).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO second VALUES (2); CREATE TABLE stray (id int)");
        }

        // when
        assertThat(schema.reset()).isEqualTo(2);

        // then
        assertThat(tables()).isEqualTo("first,flyway_schema_history,second");
        assertThat(ask("SELECT count(*) FROM second")).isEqualTo("1");
    }

    @Test
    void a_broken_migration_is_reported_in_one_line() throws Exception {
        Files.writeString(migrations.resolve("V003__broken.sql"), "CREATE TABEL x;");
        assertThatThrownBy(schema::migrate)
                .isInstanceOf(StackException.class)
                .message()
                .contains("V003__broken.sql")
                .doesNotContain("\n");
    }

    private String tables() throws SQLException {
        return ask("SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'social'");
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.as(Slice.SOCIAL, Slice.Role.OWNER).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
