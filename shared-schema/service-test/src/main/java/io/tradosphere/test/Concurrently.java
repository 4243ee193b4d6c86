package io.tradosphere.test;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs calls concurrently. */
public final class Concurrently {

    private Concurrently() {}

    /** Runs all calls like {@link #runBehind}, behind a lock that blocks writes to a table of the slice. */
    public static <T> List<T> runBehindALockOf(String table, List<Callable<T>> calls) throws SQLException {
        return runBehind("LOCK TABLE " + table + " IN EXCLUSIVE MODE", calls);
    }

    /**
     * Runs all calls concurrently while the statement holds a lock. The lock is released once one of them waits for it, so later
     * calls arrive while others are in progress.
     */
    public static <T> List<T> runBehind(String locking, List<Callable<T>> calls) throws SQLException {
        try (OpenTransaction lock = OpenTransaction.of(locking, Map.of())) {
            CompletableFuture<List<T>> results = CompletableFuture.supplyAsync(() -> run(calls));
            lock.awaitSomebodyBehind();
            lock.commit();
            return results.join();
        }
    }

    /** Runs all calls concurrently, and returns the results in the order of the calls. */
    public static <T> List<T> run(List<Callable<T>> calls) {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        } finally {
            threads.shutdown();
        }
    }
}
