package io.tradosphere.stripefake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the fake is started with.
 *
 * @param port the port on 127.0.0.1; 0 takes a free one
 * @param seed what ids and the disorder of webhooks are drawn from
 * @param start the clock's time at the start; null: real time
 * @param running whether the clock runs with real time; otherwise it moves only when told
 * @param apiVersion the account's API version, which its events have
 * @param retries the pauses between the attempts to collect an invoice
 * @param afterRetries what becomes of a subscription when the last attempt has failed
 * @param maxObjects the highest number of objects in memory
 * @param endpoints where webhooks go from the start
 * @param state the file that keeps the state; null: it is kept in memory alone
 */
public record Settings(
        int port,
        long seed,
        Instant start,
        boolean running,
        String apiVersion,
        List<Duration> retries,
        AfterRetries afterRetries,
        int maxObjects,
        List<Endpoint> endpoints,
        Path state) {

    /** The API version that stripe-java 33.3.0 pins. */
    public static final String API_VERSION = "2026-07-29.dahlia";

    /** What becomes of a subscription that could not be collected. */
    public enum AfterRetries {
        CANCEL,
        UNPAID,
        PAST_DUE
    }

    /**
     * A receiver of webhooks.
     *
     * @param url where they are posted
     * @param secret what they are signed with, {@code whsec_…}
     * @param connect whether it receives the events of connected accounts, and no others
     */
    public record Endpoint(String url, String secret, boolean connect) {}

    /** A free port, seed 1, real time, four more attempts within 14 days and then the end. */
    public static Settings defaults() {
        return new Settings(
                0,
                1,
                null,
                true,
                API_VERSION,
                List.of(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(5)),
                AfterRetries.CANCEL,
                20_000,
                List.of(),
                null);
    }

    /** The same on this port. */
    public Settings withPort(int given) {
        return new Settings(
                given, seed, start, running, apiVersion, retries, afterRetries, maxObjects, endpoints, state);
    }

    /** The same with this seed. */
    public Settings withSeed(long given) {
        return new Settings(
                port, given, start, running, apiVersion, retries, afterRetries, maxObjects, endpoints, state);
    }

    /** The same with a clock that starts at this time and stands still until it is moved. */
    public Settings withFrozenClock(Instant at) {
        return new Settings(port, seed, at, false, apiVersion, retries, afterRetries, maxObjects, endpoints, state);
    }

    /** The same with this API version in its events. */
    public Settings withApiVersion(String given) {
        return new Settings(port, seed, start, running, given, retries, afterRetries, maxObjects, endpoints, state);
    }

    /** The same with these attempts to collect an invoice. */
    public Settings withRetries(List<Duration> pauses, AfterRetries then) {
        return new Settings(port, seed, start, running, apiVersion, pauses, then, maxObjects, endpoints, state);
    }

    /** The same with room for this many objects. */
    public Settings withMaxObjects(int given) {
        return new Settings(port, seed, start, running, apiVersion, retries, afterRetries, given, endpoints, state);
    }

    /** The same with these receivers of webhooks. */
    public Settings withEndpoints(List<Endpoint> given) {
        return new Settings(port, seed, start, running, apiVersion, retries, afterRetries, maxObjects, given, state);
    }

    /** The same with the state in this file. */
    public Settings withState(Path file) {
        return new Settings(port, seed, start, running, apiVersion, retries, afterRetries, maxObjects, endpoints, file);
    }

    /** The same as begun then, with that seed, clock and end of a subscription. */
    Settings as(long oldSeed, Instant oldStart, boolean wasRunning, AfterRetries oldThen) {
        return new Settings(
                port, oldSeed, oldStart, wasRunning, apiVersion, retries, oldThen, maxObjects, endpoints, state);
    }
}
