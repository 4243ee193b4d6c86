package io.tradosphere.acceptance;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.TestDatabase;
import io.tradosphere.stack.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Debian's PgBouncer in front of a test database, as a child process. */
final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final int port = new Ports().any();
    private final String database;
    private final Process process;

    /**
     * Starts one.
     *
     * @param mode its pool_mode
     * @param settings further lines of its configuration
     */
    PgBouncer(TestDatabase database, Slice slice, String mode, String... settings) throws IOException {
        this.database = database.name();
        Path folder = Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(
                folder.resolve("users"),
                Arrays.stream(Slice.Role.values())
                        .map(role -> "\"" + slice.role(role) + "\" \"" + database.password(slice, role) + "\"\n")
                        .collect(Collectors.joining()));
        List<String> lines = new ArrayList<>(List.of(
                "[databases]",
                "* = host=127.0.0.1 port=" + database.superuser().port(),
                "[pgbouncer]",
                "listen_addr = 127.0.0.1",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = plain",
                "auth_file = " + folder.resolve("users"),
                "pool_mode = " + mode));
        lines.addAll(List.of(settings));
        Files.write(folder.resolve("pgbouncer.ini"), lines);
        List<String> command = new ArrayList<>(
                List.of(PROGRAM.toString(), folder.resolve("pgbouncer.ini").toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses to run as root.
            command.addAll(1, List.of("-u", "nobody"));
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Awaitility.await(folder.resolve("log").toString()).until(() -> Ports.answers(port));
    }

    /** Whether this machine has it. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** The database's address through it, as in {@code TRADOSPHERE_DB_URL}. */
    String url() {
        return "postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
