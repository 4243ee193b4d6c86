package io.tradosphere.cli.suite;

import io.tradosphere.stack.process.PidFile;
import io.tradosphere.stack.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Orphaned processes: those that pid files name, whichever launcher started them. It stops the gateway, then the
 * services, then the infrastructure. A pid that now belongs to an unrelated process is ignored.
 */
final class OrphanedProcesses {

    private static final Duration GRACE = Duration.ofSeconds(30);

    /** The order in which processes are stopped. */
    private enum Rank {
        GATEWAY,
        SERVICE,
        STRIPE,
        OIDC,
        KAFKA,
        POSTGRES;

        private static Rank of(String name) {
            return switch (name) {
                case "gateway" -> GATEWAY;
                case StripeAccount.Fake.NAME -> STRIPE;
                case "oidc" -> OIDC;
                case "kafka" -> KAFKA;
                case "postgres" -> POSTGRES;
                default -> SERVICE;
            };
        }
    }

    private final Path runFolder;
    private final Progress progress;

    OrphanedProcesses(Path runFolder, Progress progress) {
        this.runFolder = runFolder;
        this.progress = progress;
    }

    /** The names of those that still run. */
    List<String> names() {
        return files().stream()
                .filter(file -> file.running().isPresent())
                .map(PidFile::name)
                .toList();
    }

    /** Stops all of them in order. Returns when all have ended. */
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
            progress.report(file.name() + (polite ? " has stopped" : " did not stop within 30 s and was killed"));
        });
        file.delete();
    }

    private List<PidFile> files() {
        return PidFile.all(runFolder).stream()
                .filter(file -> !file.name().equals(SuiteLock.NAME))
                .toList();
    }
}
