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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One PostgreSQL server on 127.0.0.1. Its cluster's folder outlives it.
 *
 * @param binaries its programs
 * @param data the cluster's folder, created at the first start
 * @param port its port
 * @param password the superuser's password, fixed at the first start
 * @param durability what a crash may lose
 */
public record PostgresServer(Binaries binaries, Path data, int port, String password, Durability durability) {

    /** The superuser's name. */
    public static final String SUPERUSER = "postgres";

    private static final String NAME = "postgres";
    private static final Duration INITDB = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofMinutes(3);

    /**
     * Starts the server and waits until it responds. It creates the cluster first when there is none.
     *
     * @param runFolder the folder for its pid file
     * @param logFolder the folder for its log
     * @throws StackException when it doesn't start; one line that names its log
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
            return child.awaitReady(START, () -> address(SUPERUSER).answers());
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
        List<String> settings = new ArrayList<>(List.of("listen_addresses=127.0.0.1", "unix_socket_directories="));
        settings.addAll(durability.serverSettings());
        List<String> command =
                new ArrayList<>(List.of(binaries.program("postgres"), "-D", data.toString(), "-p", "" + port));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
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
                throw new StackException("PostgreSQL's cluster could not be created in " + data + "; see " + log);
            }
            Files.move(made, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("Cannot create " + data + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while creating " + data, e);
        } finally {
            Folders.delete(passwordFile);
        }
    }

    /** Waits for the end of initdb. This JVM's end stops it, so no process keeps writing. */
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
                "--pwfile=" + passwordFile));
        command.addAll(durability.initdbOptions());
        return command;
    }
}
