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

/** Starts a suite in order, and starts again whatever ends without having been told to. */
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
     * @param suite what is run
     * @param endpoints the file that says where everything is, kept up to date
     * @param progress where it says what it does
     */
    Supervisor(Suite suite, Path endpoints, Progress progress) {
        this.suite = suite;
        this.endpoints = endpoints;
        this.progress = progress;
    }

    /**
     * Starts everything; returns when all of it is ready.
     *
     * @throws StackException when one of them doesn't come up; one line that names its log
     */
    void start() {
        progress.say("starting PostgreSQL, Kafka and the OIDC provider");
        startTogether(suite.ground());
        suite.prepare();
        progress.say("database and topics are there; starting the services");
        startTogether(suite.house());
        writeEndpoints();
    }

    /** From now on whatever ends stays so. */
    void retire() {
        stopping = true;
        threads.shutdown();
    }

    private void startTogether(List<Member> members) {
        List<CompletableFuture<Void>> starts = members.stream()
                .map(member -> CompletableFuture.runAsync(() -> first(member), threads))
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

    private void first(Member member) {
        Child child = member.start();
        if (stopping) {
            return;
        }
        progress.say(member.name() + " is ready" + (member.url().isEmpty() ? "" : " at " + member.url()));
        watch(member, child, System.nanoTime(), 0);
    }

    private void watch(Member member, Child child, long since, int failures) {
        child.ended()
                .thenAcceptAsync(
                        code -> {
                            boolean steady = System.nanoTime() - since > STEADY.toNanos();
                            again(member, said(code), steady ? 0 : failures);
                        },
                        threads);
    }

    private void again(Member member, String how, int failures) {
        if (stopping) {
            return;
        }
        long pause = failures == 0 ? 0 : Math.min(LONGEST_PAUSE.toMillis(), 500L << Math.min(failures, 6));
        progress.say(member.name() + " " + how + "; starting it again"
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
                Child child = member.start();
                progress.say(member.name() + " is ready again");
                writeEndpoints();
                watch(member, child, System.nanoTime(), failures + 1);
            } catch (StackException stillNot) {
                again(member, "does not come up: " + stillNot.getMessage(), failures + 1);
            }
        });
    }

    private synchronized void writeEndpoints() {
        if (!stopping) {
            suite.endpoints().write(endpoints);
        }
    }

    private static String said(int code) {
        return code > 128 ? "was ended by signal " + (code - 128) : "ended with exit code " + code;
    }
}
