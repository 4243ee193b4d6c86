package io.tradosphere.platform.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The migrations of one slice, as this version of its service carries them.
 *
 * <p>A later version's migrations only add to the schema, so that this version goes on working beside it. One that takes something
 * away is named {@code V012__contract_010_drop_column_x.sql}. Services that know migration 010 do without what it takes away.
 */
public final class Migrations {

    private static final String DEFAULT_FOLDERS = "db/platform,db/profiles,db/migration";
    private static final Pattern CONTRACTION = Pattern.compile("contract (\\d+(?:\\.\\d+)?) .+");
    private static final int SECONDS_TO_CONNECT = 5;

    private final String slice;
    private final List<String> folders;
    private final ClassLoader loader;

    private Migrations(String slice, List<String> folders, ClassLoader loader) {
        this.slice = slice;
        this.folders = folders;
        this.loader = loader;
    }

    /**
     * Those of the service whose {@code application.properties} the class loader finds.
     *
     * @throws UncheckedIOException when its jar is damaged
     */
    public static Migrations ofTheService(ClassLoader loader) {
        Properties service = new Properties();
        try (InputStream file = loader.getResourceAsStream("application.properties")) {
            service.load(file);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return new Migrations(
                service.getProperty("tradosphere.slice"),
                Arrays.asList(service.getProperty("tradosphere.migrations", DEFAULT_FOLDERS)
                        .split(",", -1)),
                loader);
    }

    /** The platform's alone, for another slice. */
    public Migrations ofThePlatform(String otherSlice) {
        return new Migrations(otherSlice, List.of("db/platform"), loader);
    }

    /** The slice's name: also that of its schema, and the stem of its roles' names. */
    public String slice() {
        return slice;
    }

    /** The folders on the class path that hold them. */
    public List<String> folders() {
        return folders;
    }

    /**
     * Flyway on a database.
     *
     * @param url {@code postgresql://host:port/database}
     * @param user the owner to migrate, the worker to ask
     * @param password that user's password
     */
    public Flyway flyway(String url, String user, String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl("jdbc:" + url);
        database.setUser(user);
        database.setPassword(password);
        database.setConnectTimeout(SECONDS_TO_CONNECT);
        return Flyway.configure(loader)
                .dataSource(database)
                .connectRetries(2)
                .defaultSchema(slice)
                .schemas(slice)
                .createSchemas(false)
                .placeholders(Map.of("slice", slice))
                .resourceProvider(new MigrationFiles(loader, folders))
                .javaMigrationClassProvider(List::of)
                // The platform's versions are 0.x: a new one is lower than those that a slice has already.
                .outOfOrder(true)
                // What this version does not know was added by a later one, or is a contraction: see state.
                .ignoreMigrationPatterns("*:future", "*:missing")
                .load();
    }

    /** What the schema of a database is to this version. */
    public static SchemaState state(Flyway flyway) {
        MigrationInfoService info = flyway.info();
        List<MigrationInfo> all = Arrays.asList(info.all());
        Optional<SchemaState> tooNew = all.stream()
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .flatMap(unknown -> tooNew(unknown, all).stream())
                .findFirst();
        List<String> missing = Arrays.stream(info.pending())
                .map(migration -> fileName(migration.getScript()))
                .toList();
        return tooNew.orElseGet(() -> missing.isEmpty() ? new SchemaState.Usable() : new SchemaState.Older(missing));
    }

    private static Optional<SchemaState> tooNew(MigrationInfo unknown, List<MigrationInfo> all) {
        Matcher contraction = CONTRACTION.matcher(unknown.getDescription());
        if (!contraction.matches()) {
            return Optional.empty();
        }
        MigrationVersion needed = MigrationVersion.fromVersion(contraction.group(1));
        boolean known = all.stream()
                .anyMatch(migration -> migration.getState().isResolved() && needed.equals(migration.getVersion()));
        return known
                ? Optional.empty()
                : Optional.of(new SchemaState.TooNew(fileName(unknown.getScript()), needed.getVersion()));
    }

    private static String fileName(String script) {
        return script.substring(script.lastIndexOf('/') + 1);
    }
}
