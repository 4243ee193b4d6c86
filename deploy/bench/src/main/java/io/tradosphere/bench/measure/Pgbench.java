package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.Measurement;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs pgbench, PostgreSQL's load generator, with the statements of a service. The result is the upper bound for a service
 * without any cost of its own.
 */
public final class Pgbench {

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/lib/postgresql"), Path.of("/opt/homebrew/opt"), Path.of("/usr/local/opt"));
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    private final Path program;
    private final Path folder;

    private Pgbench(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The database session of a service.
     *
     * @param address database and login role
     * @param role the role to set
     * @param searchPath the role's search path
     * @param clients number of connections, as in the service's pool
     */
    record Session(Address address, String role, String searchPath, int clients) {

        private static final int OUR_POOL = 12;
        private static final int THEIR_POOL = 16;

        /** A service of the suite; the superuser logs in. */
        static Session serviceOf(Slice slice, Address superuser) {
            return new Session(superuser, slice.schema() + "_app", slice.schema() + ",auth,pg_catalog", OUR_POOL);
        }

        /** The Fastify service. */
        static Session handWritten(Address authenticator) {
            return new Session(authenticator, authenticator.user(), "public", THEIR_POOL);
        }

        /** The name in the server's log. */
        String who() {
            return role + "@" + address.database();
        }
    }

    /**
     * Finds pgbench on the PATH or in PostgreSQL's usual folders.
     *
     * @param folder receives the scripts
     */
    public static Optional<Pgbench> find(Path folder) {
        return candidates().stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Pgbench(program, folder));
    }

    /** Runs a script for a duration, rounded up to seconds. */
    Measurement run(String name, Script script, Session as, Duration howLong) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name + ".sql"), script.text());
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + as.address().port(),
                "-U",
                as.address().user(),
                "-c",
                "" + as.clients(),
                "-j",
                "1",
                "-M",
                script.named() ? "prepared" : "extended",
                "-n",
                "-T",
                "" + (howLong.toMillis() + 999) / 1_000,
                "-f",
                file.toString()));
        command.addAll(List.of("-D", "turn=0", "-D", "clients=" + as.clients()));
        script.variables().forEach((variable, value) -> command.addAll(List.of("-D", variable + "=" + value)));
        command.add(as.address().database());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", as.address().password());
        builder.environment().put("PGOPTIONS", "-c role=" + as.role() + " -c search_path=" + as.searchPath());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new StackException("pgbench failed with " + file + ": " + said.strip());
        }
        return new Measurement().with("rate", number(TPS, said)).with("meanMs", number(LATENCY, said));
    }

    private static double number(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new StackException("pgbench's output does not match " + pattern + ": " + said.strip());
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            candidates.add(Path.of(folder, "pgbench"));
        }
        for (Path folder : FOLDERS) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(folder)) {
                versions.forEach(version -> candidates.add(version.resolve("bin/pgbench")));
            } catch (IOException notThere) {
                continue;
            }
        }
        return candidates;
    }
}
