package io.tradosphere.cli.suite;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A supervisor that starts a suite in order, and restarts each process that ends unexpectedly. */
final class Supervisor {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final Suite suite;
    private final Path endpoints;
    private final Progress progress;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stopping;

    /**
     * @param suite the suite to run
     * @param endpoints the file that lists addresses and pids; it is kept up to date
     * @param progress receives the messages
     */
    Supervisor(Suite suite, Path endpoints, Progress progress) {
        this.suite = suite;
        this.endpoints = endpoints;
        this.progress = progress;
    }

    /**
     * Starts everything. Returns when all processes are ready.
     *
     * @throws StackException when a process doesn't start; one line that names its log
     */
    void start() {
        progress.report("starting "
                + suite.infrastructure().stream().map(SupervisedProcess::name).collect(Collectors.joining(", ")));
        startAll(suite.infrastructure());
        suite.prepare();
        progress.report("the database and the topics are ready; starting the services");
        startAll(suite.applications());
        writeEndpoints();
    }

    /** Stops restarting processes that end. */
    void stopRestarting() {
        stopping = true;
        threads.shutdown();
    }

    private void startAll(List<SupervisedProcess> processes) {
        List<CompletableFuture<Void>> starts = processes.stream()
                .map(process -> CompletableFuture.runAsync(() -> startFirst(process), threads))
                .toList();
        CompletableFuture<Void> anyFailure = new CompletableFuture<>();
        starts.forEach(start -> start.whenComplete((done, failure) -> {
            if (failure != null) {
                anyFailure.completeExceptionally(failure);
            }
        }));
        try {
            CompletableFuture.anyOf(CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)), anyFailure)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException ours ? ours : e;
        }
    }

    private void startFirst(SupervisedProcess process) {
        Child child = process.start();
        if (stopping) {
            return;
        }
        progress.report(process.name() + " is ready" + (process.url().isEmpty() ? "" : " at " + process.url()));
        watch(process, child, System.nanoTime(), 0);
    }

    private void watch(SupervisedProcess process, Child child, long since, int failures) {
        child.ended()
                .thenAcceptAsync(
                        code -> {
                            boolean steady = System.nanoTime() - since > STEADY.toNanos();
                            restart(process, describe(code), steady ? 0 : failures);
                        },
                        threads);
    }

    private void restart(SupervisedProcess process, String how, int failures) {
        if (stopping) {
            return;
        }
        long pause = failures == 0 ? 0 : Math.min(LONGEST_PAUSE.toMillis(), 500L << Math.min(failures, 6));
        progress.report(process.name() + " " + how + "; restarting it"
                + (pause == 0
                        ? ""
                        : " in "
                                + Duration.ofMillis(pause)
                                        .toString()
                                        .substring(2)
                                        .toLowerCase(Locale.ROOT)));
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, threads).execute(() -> {
            try {
                if (stopping) {
                    return;
                }
                Child child = process.start();
                progress.report(process.name() + " is ready again");
                writeEndpoints();
                watch(process, child, System.nanoTime(), failures + 1);
            } catch (StackException failure) {
                restart(process, "does not start: " + failure.getMessage(), failures + 1);
            }
        });
    }

    private synchronized void writeEndpoints() {
        if (!stopping) {
            suite.endpoints().write(endpoints);
        }
    }

    private static String describe(int code) {
        return code > 128 ? "was ended by signal " + (code - 128) : "ended with exit code " + code;
    }
}
