package io.tradosphere.cli.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of killing one process in mid-storm.
 *
 * @param victim what was killed
 * @param requests how many calls clients made, repeated ones included
 * @param failures how many of them were not acknowledged
 * @param takeover how long after the kill another replica's relay led; empty when there was none to take over
 * @param recovery how long after the kill the process was back, and calls were acknowledged again
 * @param drain how long after the storm nothing was under way any more
 * @param drift how many counts {@code verify} found wrong
 * @param complaints what else is wrong, a line each
 */
record Round(
        Victim victim,
        long requests,
        long failures,
        Optional<Duration> takeover,
        Duration recovery,
        Duration drain,
        long drift,
        List<String> complaints) {

    boolean isGood() {
        return drift == 0 && complaints.isEmpty();
    }

    /** In one line. */
    String line() {
        return String.format(
                Locale.ROOT,
                "killed %-15s  %,6d requests  %,5d failures  %sback in %s  drained in %s  drift %d  %s",
                victim.shown(),
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
