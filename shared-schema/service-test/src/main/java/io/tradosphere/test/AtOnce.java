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

/** Calls that arrive at the same time. */
public final class AtOnce {

    private AtOnce() {}

    /** Runs all calls at once as {@link #runBehind}, while nobody can write to a table of the slice. */
    public static <T> List<T> runBehindALockOf(String table, List<Callable<T>> calls) throws SQLException {
        return runBehind("LOCK TABLE " + table + " IN EXCLUSIVE MODE", calls);
    }

    /**
     * Runs all calls at once while the statement keeps a lock, and lets them go on when somebody waits for it: what is still on its
     * way then finds others under way.
     */
    public static <T> List<T> runBehind(String locking, List<Callable<T>> calls) throws SQLException {
        try (OpenTransaction lock = OpenTransaction.of(locking, Map.of())) {
            CompletableFuture<List<T>> results = CompletableFuture.supplyAsync(() -> run(calls));
            lock.awaitSomebodyBehind();
            lock.commit();
            return results.join();
        }
    }

    /** Runs all calls at once; their results in the order of the calls. */
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
