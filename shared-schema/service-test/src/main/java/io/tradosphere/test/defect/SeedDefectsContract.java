package io.tradosphere.test.defect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.test.defect.DefectCheck.Attempt;
import io.tradosphere.test.schema.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Test contract: runs each check of the slice's {@code seed-defects.txt} on two schemas. On the seed it shows the defect, on ours
 * that it is fixed. Services subclass it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SeedDefectsContract {

    private static final String NOBODY = "nobody";
    private static final String OWNER = "owner";

    private MigratedDatabase database;
    private Connection ours;
    private Connection seed;

    @BeforeAll
    void open() throws SQLException {
        database = MigratedDatabase.ofTheModuleUnderTest();
        ours = database.asSuperuser();
        try (Statement statement = ours.createStatement()) {
            statement.execute("SET search_path = " + schema() + ", auth, pg_catalog");
            for (Map.Entry<String, String> person : Persons.TIERS.entrySet()) {
                statement.execute(person(Persons.id(person.getKey()), person.getKey(), person.getValue()));
            }
        }
        seed = SeedDatabase.get().connect();
        ours.setAutoCommit(false);
        seed.setAutoCommit(false);
    }

    @AfterAll
    void close() throws SQLException {
        seed.close();
        ours.close();
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> what_was_wrong_with_the_seed_is_right_in_ours() {
        return DefectFile.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.sentence(), () -> {
                    if (check.seed().isPresent()) {
                        tryOnSeed(check, check.seed().get());
                    }
                    if (check.ours().isPresent()) {
                        tryOnOurs(check, check.ours().get());
                    }
                }));
    }

    /** SQL that inserts a profile into our schema. Profile-service overrides it: its table has other columns than the replicas. */
    protected String person(UUID id, String name, String tier) {
        return "INSERT INTO profiles (id, username, tier, incarnation, sequence) VALUES ('%s', '%s', '%s', 1, 1)"
                .formatted(id, name, tier);
    }

    private void tryOnOurs(DefectCheck check, Attempt attempt) throws SQLException {
        String role = schema() + "_" + check.role();
        List<String> as = identity("tradosphere.caller", check.person(), role);
        attempt(check.sentence() + ", on ours", ours, attempt, as);
    }

    private void tryOnSeed(DefectCheck check, Attempt attempt) throws SQLException {
        List<String> as = check.seedPerson().equals(OWNER)
                ? List.of()
                : identity("request.jwt.claim.sub", check.seedPerson(), "authenticated");
        attempt(check.sentence() + ", on the seed", seed, attempt, as);
    }

    private static void attempt(String about, Connection connection, Attempt attempt, List<String> as)
            throws SQLException {
        List<String> before =
                Stream.of(attempt.given(), as).flatMap(List::stream).toList();
        List<String> observed = Trial.of(connection, before, attempt.when());
        assertThat(observed)
                .as("%s, after %s", about, String.join("; ", attempt.when()))
                .matches(
                        outcome -> Trial.isAsExpected(attempt.outcome(), List.copyOf(outcome)),
                        "is " + String.join(" ; ", attempt.outcome()));
    }

    private static List<String> identity(String claim, String person, String role) {
        String id = person.equals(NOBODY) ? "" : Persons.id(person).toString();
        return List.of("SELECT set_config('" + claim + "', '" + id + "', true)", "SET LOCAL ROLE " + role);
    }

    private String schema() {
        return database.slice().schema();
    }
}
