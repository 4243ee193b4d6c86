package io.tradosphere.cli.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of killing one process under load.
 *
 * @param victim the killed process
 * @param requests how many requests the clients sent, including repetitions
 * @param failures how many of them were not acknowledged
 * @param takeover how long after the kill another replica's relay led; empty when there was no other replica
 * @param recovery how long after the kill the process was back and requests were acknowledged
 * @param drain how long after the load no event was in flight
 * @param drift how many counts {@code verify} reported as wrong
 * @param violations other violations, one line each
 */
record Round(
        KilledProcess victim,
        long requests,
        long failures,
        Optional<Duration> takeover,
        Duration recovery,
        Duration drain,
        long drift,
        List<String> violations) {

    boolean isGood() {
        return drift == 0 && violations.isEmpty();
    }

    /** The result in one line. */
    String line() {
        return String.format(
                Locale.ROOT,
                "killed %-15s  %,6d requests  %,5d failures  %sback in %s  drained in %s  drift %d  %s",
                victim.displayName(),
                requests,
                failures,
                takeover.map(time -> "taken over in " + seconds(time) + "  ").orElse(""),
                seconds(recovery),
                seconds(drain),
                drift,
                isGood() ? "ok" : "WRONG");
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
