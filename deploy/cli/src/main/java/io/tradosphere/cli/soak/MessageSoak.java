package io.tradosphere.cli.soak;

import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A fault-injection test of messages and event streams. People write to each other without a pause. Every 30 seconds a process
 * is killed: in turn a replica of messaging-service, Kafka and PostgreSQL. At the end, event streams and unread counts are
 * compared with what was acknowledged.
 */
final class MessageSoak {

    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(30);

    /** Where a process is back late, as on a busy machine, the others are left alone for so long. */
    private static final Duration AFTER_RECOVERY = Duration.ofSeconds(5);

    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(3);
    private static final List<KilledProcess> VICTIMS =
            List.of(KilledProcess.MESSAGING_SERVICE, KilledProcess.KAFKA, KilledProcess.POSTGRES);

    private final DedicatedSuite suite;
    private final Progress progress;
    private final Random random = new Random();
    private int kills;

    /**
     * A soak of a suite that is up.
     *
     * @param suite the suite whose processes are killed
     * @param progress receives the messages
     */
    MessageSoak(DedicatedSuite suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /**
     * Kills processes for that long.
     *
     * @param people how many people have an event stream and write
     * @param perSecond how many messages they write a second, while they are accepted
     * @return whether nothing was lost, doubled or out of order, and every unread count is right
     * @throws StackException when a process does not come back; one line
     */
    boolean run(int people, int perSecond, Duration duration) {
        progress.report("making " + people + " profiles");
        TestUsers users = TestUsers.create(suite.endpoints(), people, 0);
        MessageLoad messages = new MessageLoad(suite.endpoints().get("GATEWAY_URL"), users.followers(), perSecond);
        try {
            progress.report(messages.streams() + " event streams are open; " + perSecond + " messages a second for "
                    + duration.toSeconds() + " s");
            long end = System.nanoTime() + duration.toNanos();
            messages.begin();
            while (end - System.nanoTime() > 0) {
                long next = System.nanoTime() + BETWEEN_KILLS.toNanos();
                killNext();
                next = Math.max(next, System.nanoTime() + AFTER_RECOVERY.toNanos());
                Waiting.until(Duration.ofNanos(Math.max(0, Math.min(next, end) - System.nanoTime())), () -> false);
                awaitReady();
                progress.report("  " + messages.messages() + " messages acknowledged, " + messages.events()
                        + " arrived, " + messages.reopened() + " streams opened again");
            }
            messages.end();
            progress.report("comparing messages with event streams and unread counts");
            List<String> violations = new ArrayList<>(messages.violations());
            ConsistencyChecks checks = new ConsistencyChecks(suite.endpoints(), users, new FollowRecord());
            checks.drain();
            long drift = checks.drift();
            if (drift > 0) {
                violations.add("verify found a drift of " + drift);
            }
            violations.forEach(violation -> progress.report("  " + violation));
            progress.report(kills + " kills, " + messages.messages() + " messages on " + messages.streams()
                    + " event streams, which were opened again " + messages.reopened() + " times: "
                    + (violations.isEmpty()
                            ? "none lost, none doubled, each in its order, unread counts exact, drift 0"
                            : "WRONG"));
            return violations.isEmpty();
        } finally {
            messages.close();
        }
    }

    private void killNext() {
        Endpoints endpoints = suite.endpoints();
        KilledProcess victim = VICTIMS.get(kills++ % VICTIMS.size());
        List<String> pids = endpoints.all(victim.pidsKey());
        int replica = random.nextInt(pids.size());
        suite.kill(pids.get(replica));
        progress.report("killed " + victim.displayName() + (pids.size() > 1 ? ", replica " + (replica + 1) : ""));
        if (!Waiting.until(
                RECOVERY_TIMEOUT,
                () -> suite.isReady()
                        && !suite.endpoints().all(victim.pidsKey()).contains(pids.get(replica)))) {
            throw new StackException(
                    victim.displayName() + " is not back; see " + suite.data().logs());
        }
    }

    private void awaitReady() {
        if (!Waiting.until(RECOVERY_TIMEOUT, suite::isReady)) {
            throw new StackException(
                    "The suite is not ready; see " + suite.data().logs());
        }
    }
}
