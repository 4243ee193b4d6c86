package io.tradosphere.cli.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradosphere.cli.release.History;
import io.tradosphere.cli.release.Release;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for migrations in CONTRIBUTING.md: what is released stays, and what is new only adds. */
class MigrationRulesTest {

    private static final String MIGRATIONS = "social-service/src/main/resources/db/migration";

    @TempDir
    private Path folder;

    @TempDir
    private Path work;

    private Checkout planted;

    @BeforeEach
    void releaseOneMigration() throws Exception {
        planted = new Checkout(folder);
        Files.createDirectories(planted.resolve(MIGRATIONS));
        Files.writeString(
                planted.resolve("social-service/src/main/resources/application.properties"),
                "tradosphere.slice=social\n");
        plant("V001__follows.sql", """
                CREATE TABLE follows (
                    id int PRIMARY KEY DEFAULT 1,
                    note text,
                    state text NOT NULL CONSTRAINT state_known CHECK (state IN ('open', 'closed')));
                CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql RETURN n * 2;
                GRANT SELECT, UPDATE (note) ON follows TO ${slice}_app;
                """);
        git("init", "-q");
        git("add", ".");
        git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "release");
    }

    @Test
    void the_migrations_of_this_clone_keep_the_rules() throws IOException {
        // Given
        Checkout clone = Checkout.find();
        Release release = Release.of(clone);
        assumeTrue(
                new History(clone).commit(release.commit()).isPresent(),
                "Migrations were not compared with release " + release.version() + ": this clone's history lacks "
                        + release.commit() + ".");
        // When
        ReleasedMigrations migrations = new ReleasedMigrations(clone, release.commit(), work);
        List<String> refusals = new ArrayList<>(migrations.changed());
        refusals.addAll(migrations.earlyContractions());
        if (refusals.isEmpty()) {
            for (Slice slice : Slice.values()) {
                refusals.addAll(migrations.contractions(slice));
            }
        }
        // Then
        assertThat(refusals).isEmpty();
    }

    @Test
    void a_released_migration_that_is_changed_is_refused() throws IOException {
        plant("V001__follows.sql", "CREATE TABLE follows (id int);");
        assertThat(released().changed())
                .containsExactly(MIGRATIONS
                        + "/V001__follows.sql is released, so it must not be changed; add a migration instead.");
    }

    @Test
    void a_released_migration_that_is_gone_is_refused() throws IOException {
        Files.move(
                planted.resolve(MIGRATIONS + "/V001__follows.sql"), planted.resolve(MIGRATIONS + "/V001__renamed.sql"));
        assertThat(released().changed())
                .containsExactly(MIGRATIONS + "/V001__follows.sql is released, so it must not be deleted or renamed.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ALTER TABLE follows DROP COLUMN note | follows.note is dropped or renamed, but the last release uses it.
            ALTER TABLE follows RENAME COLUMN note TO remark | follows.note is dropped or renamed, but the last release uses it.
            DROP TABLE follows | follows is dropped or renamed, but the last release uses it.
            ALTER TABLE follows RENAME TO followers | follows is dropped or renamed, but the last release uses it.
            ALTER TABLE follows ADD since date NOT NULL | follows.since is new, NOT NULL and without a default, but the last release inserts rows without it.
            ALTER TABLE follows ALTER note SET NOT NULL | follows.note becomes NOT NULL, but the last release may write NULL.
            ALTER TABLE follows ALTER id DROP DEFAULT | follows.id loses its default, but the last release may insert rows without it.
            ALTER TABLE follows ALTER id TYPE bigint | follows.id was integer and becomes bigint, which the last release does not expect.
            ALTER TABLE follows DROP CONSTRAINT state_known, ADD CONSTRAINT state_known CHECK (state IN ('open', 'new')) | follows has state_known, CHECK ((state = ANY (ARRAY['open'::text, 'new'::text]))), which may refuse what the last release writes.
            ALTER TABLE follows ADD CONSTRAINT short CHECK (length(note) < 9) | follows has short, CHECK ((length(note) < 9)), which may refuse what the last release writes.
            CREATE UNIQUE INDEX one_note ON follows (note) | follows has one_note, CREATE UNIQUE INDEX one_note ON social.follows USING btree (note), which may refuse what the last release writes.
            DROP FUNCTION twice(int) | twice(n integer) returning integer is dropped or changed, but the last release calls it.
            REVOKE UPDATE (note) ON follows FROM ${slice}_app | It is no longer so that social_app may UPDATE follows.note, as the last release does.
            """)
    void a_migration_that_takes_something_away_is_refused_in_one_sentence(String change, String refusal)
            throws IOException {
        // Given
        plant("V002__change.sql", change + ";");
        // When
        List<String> refusals = released().contractions(Slice.SOCIAL);
        // Then
        assertThat(refusals).containsExactly("social: " + refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CREATE TABLE other (id int PRIMARY KEY, note text NOT NULL CHECK (note <> ''))
            ALTER TABLE follows ADD since date
            ALTER TABLE follows ADD level int NOT NULL DEFAULT 1 CHECK (level > 0)
            ALTER TABLE follows ALTER state DROP NOT NULL
            CREATE INDEX by_note ON follows (note)
            ALTER TABLE follows DROP CONSTRAINT state_known
            ALTER TABLE follows DROP CONSTRAINT state_known, ADD CONSTRAINT state_of CHECK (state IN ('closed', 'open', 'new'))
            """)
    void a_migration_that_only_adds_is_allowed(String change) throws IOException {
        // Given
        plant("V002__change.sql", change + ";");
        // When
        List<String> refusals = released().contractions(Slice.SOCIAL);
        // Then
        assertThat(refusals).isEmpty();
    }

    @Test
    void a_contraction_is_allowed_once_the_migration_it_names_is_released() throws IOException {
        plant("V002__contract_001_drop_note.sql", "ALTER TABLE follows DROP COLUMN note;");
        assertThat(released().earlyContractions()).isEmpty();
        assertThat(new ReleasedMigrations(planted, "HEAD", Files.createDirectory(work.resolve("2")))
                        .contractions(Slice.SOCIAL))
                .isEmpty();
    }

    @Test
    void a_contraction_in_the_release_of_its_expansion_is_refused() throws IOException {
        plant("V002__without_note.sql", "SELECT 1;");
        plant("V003__contract_002_drop_note.sql", "ALTER TABLE follows DROP COLUMN note;");
        assertThat(released().earlyContractions())
                .containsExactly(MIGRATIONS + "/V003__contract_002_drop_note.sql contracts what does not need it since"
                        + " 002, but that migration is not released yet.");
    }

    @Test
    void a_history_without_the_commit_says_so() {
        assertThat(new History(planted).commit("1".repeat(40))).isEmpty();
        assertThat(new History(new Checkout(work)).commit("HEAD")).isEmpty();
    }

    private ReleasedMigrations released() throws IOException {
        return new ReleasedMigrations(planted, "HEAD", work);
    }

    private void plant(String name, String sql) throws IOException {
        Files.writeString(planted.resolve(MIGRATIONS + "/" + name), sql);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        int code = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
