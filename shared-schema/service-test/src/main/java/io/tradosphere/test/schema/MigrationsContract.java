package io.tradosphere.test.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.stack.Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Test contract of every slice's migrations, on a separate database. Services subclass it. */
public abstract class MigrationsContract {

    private static MigratedDatabase database;

    @BeforeAll
    static void migrate() {
        database = MigratedDatabase.ofTheModuleUnderTest();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void every_migration_has_an_undo_beside_it() {
        assertThat(database.scripts()).isNotEmpty().allMatch(database::hasUndo);
    }

    @Test
    void up_then_down_leaves_nothing_and_up_again_the_same_schema() throws SQLException {
        List<String> once = description();

        database.down();
        List<String> none = description();
        database.up();

        assertThat(none).isEmpty();
        assertThat(once).hasSizeGreaterThan(50);
        assertThat(description()).isEqualTo(once);
    }

    @TestFactory
    Stream<DynamicTest> the_schema_keeps_the_rules() {
        return Arrays.stream(SchemaRule.values())
                .map(rule -> DynamicTest.dynamicTest(rule.sentence(), () -> {
                    try (Connection superuser = database.asSuperuser()) {
                        assertThat(new Catalog(superuser, schema()).offendersOf(rule))
                                .isEmpty();
                    }
                }));
    }

    @Test
    void a_backfill_reaches_rows_that_belong_to_people() throws SQLException {
        try (Connection superuser = database.asSuperuser();
                Connection owner = database.as(Slice.Role.OWNER);
                Statement people = superuser.createStatement();
                Statement backfill = owner.createStatement()) {
            people.execute("SET search_path = " + schema() + ", auth");
            people.execute(twoPeople());

            int reached = backfill.executeUpdate("UPDATE profiles SET avatar_url = 'https://example.org/a.png'");

            assertThat(reached).isEqualTo(2);
            people.execute("DELETE FROM profiles");
        }
    }

    /** SQL that inserts two profiles. Profile-service overrides it: its table has other columns than the replicas. */
    protected String twoPeople() {
        return """
                INSERT INTO profiles (id, username, tier, incarnation, sequence)
                VALUES (uuidv7(), 'one', 'free', 1, 1), (uuidv7(), 'two', 'free', 1, 1)
                """;
    }

    private static String schema() {
        return database.slice().schema();
    }

    private static List<String> description() throws SQLException {
        try (Connection superuser = database.asSuperuser()) {
            return new Catalog(superuser, schema()).description();
        }
    }
}
