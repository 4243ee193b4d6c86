package io.tradosphere.cli.suite;

import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Stops the processes that pid files tell of, whoever started them: the gateway, then the services, then what they stand on. A
 * pid that is a stranger's by now is left alone.
 */
final class Leftovers {

    private static final Duration GRACE = Duration.ofSeconds(30);

    /** In the order in which they are stopped. */
    private enum Rank {
        GATEWAY,
        SERVICE,
        OIDC,
        KAFKA,
        POSTGRES;

        private static Rank of(String name) {
            return switch (name) {
                case "gateway" -> GATEWAY;
                case "oidc" -> OIDC;
                case "kafka" -> KAFKA;
                case "postgres" -> POSTGRES;
                default -> SERVICE;
            };
        }
    }

    private final Path runFolder;
    private final Progress progress;

    Leftovers(Path runFolder, Progress progress) {
        this.runFolder = runFolder;
        this.progress = progress;
    }

    /** Who of them still runs, by name. */
    List<String> names() {
        return files().stream()
                .filter(file -> file.running().isPresent())
                .map(PidFile::name)
                .toList();
    }

    /** Stops them all, in order; returns when all are gone. */
    void stop() {
        for (Rank rank : Rank.values()) {
            List<CompletableFuture<Void>> stops = files().stream()
                    .filter(file -> Rank.of(file.name()) == rank)
                    .map(file -> CompletableFuture.runAsync(() -> stop(file, rank)))
                    .toList();
            stops.forEach(CompletableFuture::join);
        }
    }

    private void stop(PidFile file, Rank rank) {
        file.running().ifPresent(process -> {
            Signals.Polite signal = rank == Rank.POSTGRES ? Signals.Polite.INT : Signals.Polite.TERM;
            boolean polite = Signals.stop(process, signal, GRACE);
            progress.say(file.name() + (polite ? " has stopped" : " did not stop within 30 s and was killed"));
        });
        file.delete();
    }

    private List<PidFile> files() {
        return PidFile.all(runFolder).stream()
                .filter(file -> !file.name().equals(SuiteLock.NAME))
                .toList();
    }
}
