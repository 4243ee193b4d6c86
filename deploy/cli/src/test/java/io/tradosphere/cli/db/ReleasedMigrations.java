package io.tradosphere.cli.db;

import io.tradosphere.cli.release.History;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The migrations of the last release beside those of a clone: what the rules of CONTRIBUTING.md refuse. Both are applied
 * to a real PostgreSQL, and its catalogs are compared.
 */
final class ReleasedMigrations {

    private static final String RESOURCES = "src/main/resources";
    private static final String PLATFORM = "shared-schema/platform/" + RESOURCES + "/db";
    private static final Pattern CONTRACT = Pattern.compile("V[0-9_]+?__contract_([0-9_]+?)_.*\\.sql");

    private final Checkout clone;
    private final Path work;
    private final Checkout released;

    /**
     * Takes the migrations of a commit out of a clone's history.
     *
     * @param work an empty folder
     */
    ReleasedMigrations(Checkout clone, String commit, Path work) throws IOException {
        this.clone = clone;
        this.work = work;
        this.released = new Checkout(Files.createDirectories(work.resolve("released")));
        History history = new History(clone);
        List<String> folders = new ArrayList<>(List.of(PLATFORM));
        Stream.of(Slice.values()).forEach(slice -> folders.add(slice.service() + "/" + RESOURCES));
        for (String path : history.files(commit, folders)) {
            if (isNeeded(path)) {
                Path file = released.resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, history.show(commit, path));
            }
        }
    }

    private static boolean isNeeded(String path) {
        return path.endsWith(".sql") && path.contains("/db/") || path.endsWith("/application.properties");
    }

    /** Released migrations that were changed or deleted, a sentence each. */
    List<String> changed() throws IOException {
        List<String> refusals = new ArrayList<>();
        for (String path : migrations(released)) {
            Path now = clone.resolve(path);
            if (!Files.exists(now)) {
                refusals.add(path + " is released, so it must not be deleted or renamed.");
            } else if (!Arrays.equals(Files.readAllBytes(now), Files.readAllBytes(released.resolve(path)))) {
                refusals.add(path + " is released, so it must not be changed; add a migration instead.");
            }
        }
        return refusals;
    }

    /** Contractions whose other half is not released yet, a sentence each. */
    List<String> earlyContractions() throws IOException {
        Set<String> known = migrations(released).stream()
                .map(path -> path.replaceAll("[^/]*$", "") + number(path))
                .collect(Collectors.toSet());
        List<String> refusals = new ArrayList<>();
        for (String path : migrations(clone)) {
            Matcher contraction = CONTRACT.matcher(Path.of(path).getFileName().toString());
            if (contraction.matches() && !known.contains(path.replaceAll("[^/]*$", "") + contraction.group(1))) {
                refusals.add(path + " contracts what does not need it since " + contraction.group(1)
                        + ", but that migration is not released yet.");
            }
        }
        return refusals;
    }

    private static String number(String path) {
        return Path.of(path).getFileName().toString().replaceAll("^V([0-9_]+?)__.*", "$1");
    }

    /** What the new migrations of a slice take away, a sentence each. Contractions are left out. */
    List<String> contractions(Slice slice) throws IOException {
        Checkout expanded = new Checkout(work.resolve("expanded"));
        copy(slice, expanded);
        try (TestDatabase database = TestStack.get().newDatabase(slice)) {
            SchemaCatalog before = migrated(released, slice, database);
            SchemaCatalog after = migrated(expanded, slice, database);
            return new SchemaComparison(before, after)
                    .refusals().stream()
                            .map(refusal -> slice.schema() + ": " + refusal)
                            .toList();
        }
    }

    private static SchemaCatalog migrated(Checkout checkout, Slice slice, TestDatabase database) {
        new Schema(checkout, slice, database.as(slice, Slice.Role.OWNER)).migrate();
        return SchemaCatalog.of(database.superuser(), slice);
    }

    private void copy(Slice slice, Checkout target) throws IOException {
        for (String folder : List.of(PLATFORM, slice.service() + "/" + RESOURCES)) {
            if (!Files.isDirectory(clone.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(clone.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String path = clone.root().relativize(file).toString();
                    boolean fresh = !Files.exists(released.resolve(path));
                    if (isNeeded(path)
                            && !(fresh
                                    && CONTRACT.matcher(file.getFileName().toString())
                                            .matches())) {
                        Files.createDirectories(target.resolve(path).getParent());
                        Files.copy(file, target.resolve(path), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private static List<String> migrations(Checkout checkout) throws IOException {
        List<String> found = new ArrayList<>();
        List<String> folders = new ArrayList<>(List.of(PLATFORM));
        Stream.of(Slice.values()).forEach(slice -> folders.add(slice.service() + "/" + RESOURCES + "/db"));
        for (String folder : folders) {
            if (Files.isDirectory(checkout.resolve(folder))) {
                try (Stream<Path> files = Files.walk(checkout.resolve(folder))) {
                    files.filter(file -> file.getFileName().toString().matches("V.*\\.sql"))
                            .map(file -> checkout.root().relativize(file).toString())
                            .forEach(found::add);
                }
            }
        }
        return found.stream().sorted().toList();
    }
}
