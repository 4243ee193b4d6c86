package io.tradosphere.stack.postgres;

import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One PostgreSQL on 127.0.0.1, its cluster in a folder that outlives it.
 *
 * @param binaries its programs
 * @param data the cluster's folder, made at the first start
 * @param port where it listens
 * @param password the superuser's; fixed at the first start
 * @param durability what a crash may cost
 */
public record PostgresServer(Binaries binaries, Path data, int port, String password, Durability durability) {

    /** The superuser's name. */
    public static final String SUPERUSER = "postgres";

    private static final String NAME = "postgres";
    private static final Duration INITDB = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofMinutes(3);

    /**
     * Starts it, making its cluster first when there is none, and waits until it answers.
     *
     * @param runFolder where its pid file goes
     * @param logFolder where its log goes
     * @throws StackException when it doesn't come up; one line that names its log
     */
    public Child start(Path runFolder, Path logFolder) {
        NotRoot notRoot = NotRoot.find();
        Path log = logFolder.resolve(NAME + ".log");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(notRoot, log);
        }
        notRoot.own(data);
        Launch launch = new Launch(NAME, notRoot.command(command()), Map.of(), log, Signals.Polite.INT);
        Child child = Child.start(launch, runFolder);
        try {
            return child.awaitReady(START, this::answers);
        } catch (StackException notReady) {
            child.stop(Duration.ofSeconds(5));
            throw notReady;
        }
    }

    /** The superuser's address of one of its databases. */
    public Address address(String database) {
        return new Address(port, database, SUPERUSER, password);
    }

    private List<String> command() {
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=300",
                "shared_buffers=128MB",
                "max_wal_size=1GB",
                "wal_level=minimal",
                "max_wal_senders=0",
                "max_prepared_transactions=0",
                "log_min_messages=warning",
                "log_line_prefix=%m [%p] %u@%d ",
                "timezone=UTC",
                "log_timezone=UTC",
                "autovacuum_naptime=10s",
                "shared_preload_libraries=pg_stat_statements"));
        settings.addAll(durability.settings());
        List<String> command =
                new ArrayList<>(List.of(binaries.program("postgres"), "-D", data.toString(), "-p", "" + port));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private boolean answers() {
        try (Connection connection = address(SUPERUSER).connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Beside its place first and then moved: a cluster is there whole or not at all. */
    private void initialise(NotRoot notRoot, Path log) {
        Path made = data.resolveSibling(data.getFileName() + ".new");
        Path passwordFile = data.resolveSibling("." + data.getFileName() + ".password");
        Folders.delete(made);
        try {
            Files.createDirectories(log.getParent());
            Folders.createPrivate(made);
            Folders.writePrivate(passwordFile, password + "\n");
            notRoot.own(made);
            notRoot.own(passwordFile);
            Process initdb = new ProcessBuilder(notRoot.command(initdb(made, passwordFile)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!succeeds(initdb)) {
                throw new StackException("PostgreSQL's cluster could not be made in " + data + "; see " + log);
            }
            Files.move(made, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("Cannot make " + data + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while making " + data, e);
        } finally {
            Folders.delete(passwordFile);
        }
    }

    /** Waits for its end, which comes with that of this JVM at the latest: nothing is left behind that still writes. */
    private static boolean succeeds(Process initdb) throws InterruptedException {
        Thread end = new Thread(() -> end(initdb), "end initdb");
        try {
            Runtime.getRuntime().addShutdownHook(end);
            boolean ended = initdb.waitFor(INITDB.toSeconds(), TimeUnit.SECONDS);
            Runtime.getRuntime().removeShutdownHook(end);
            return ended && initdb.exitValue() == 0;
        } catch (IllegalStateException goingDown) {
            throw new StackException("stopped", goingDown);
        } finally {
            end(initdb);
        }
    }

    private static void end(Process initdb) {
        List<ProcessHandle> all = Stream.concat(Stream.of(initdb.toHandle()), initdb.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(
                one -> one.onExit().completeOnTimeout(one, 5, TimeUnit.SECONDS).join());
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private List<String> initdb(Path folder, Path passwordFile) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + folder,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (durability == Durability.FAST) {
            command.add("--no-sync");
        }
        return command;
    }
}
