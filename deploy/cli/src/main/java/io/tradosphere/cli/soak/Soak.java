package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A fault-injection test. It kills one process after the other under load, and checks after each that no acknowledged
 * request was lost or applied twice.
 */
public final class Soak {

    private static final int FOLLOWERS_A_CLIENT = 6;
    private static final int FOLLOWED = 24;
    private static final int MESSAGES_A_SECOND = 48;
    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(5);
    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LOAD_AFTER_RECOVERY = Duration.ofSeconds(2);
    private static final List<Slice> PUBLISHING = List.of(Slice.PROFILE, Slice.SOCIAL, Slice.MESSAGING);

    private final DedicatedSuite suite;
    private final Progress progress;
    private final Random random = new Random();
    private final FollowRecord record = new FollowRecord();
    private final List<Round> rounds = new ArrayList<>();
    private TestUsers users;
    private MessageLoad messages;

    /**
     * A soak of a suite that is up.
     *
     * @param suite the suite whose processes are killed
     * @param progress receives the messages
     */
    public Soak(DedicatedSuite suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /**
     * Kills these processes, one a round.
     *
     * @return whether nothing was lost or doubled
     * @throws StackException when a process does not come back; one line
     */
    public boolean run(List<KilledProcess> victims) {
        progress.report("making " + (FollowLoad.CLIENTS * FOLLOWERS_A_CLIENT + FOLLOWED) + " profiles");
        users = TestUsers.create(suite.endpoints(), FollowLoad.CLIENTS * FOLLOWERS_A_CLIENT, FOLLOWED);
        messages = new MessageLoad(suite.endpoints().get("GATEWAY_URL"), users.followers(), MESSAGES_A_SECOND);
        progress.report(messages.streams() + " event streams are open");
        try {
            return killEach(victims);
        } finally {
            messages.close();
        }
    }

    private boolean killEach(List<KilledProcess> victims) {
        for (KilledProcess victim : victims) {
            progress.report("round " + (rounds.size() + 1) + " of " + victims.size() + ": " + FollowLoad.CLIENTS
                    + " clients follow and unfollow, others write messages");
            Round round = round(victim);
            rounds.add(round);
            progress.report(round.line());
            round.violations().forEach(violation -> progress.report("  " + violation));
        }
        return summarize();
    }

    private boolean summarize() {
        TopicOrder.Outcome order = TopicOrder.check(suite.endpoints().get("KAFKA_BOOTSTRAP"), record);
        progress.report(order.records() + " events of follows, " + order.repeated() + " of them repeated, "
                + (order.violations().isEmpty()
                        ? "in order"
                        : order.violations().size() + " not in order"));
        order.violations().stream().limit(10).forEach(violation -> progress.report("  " + violation));
        long good = rounds.stream().filter(Round::isGood).count();
        progress.report(good + " of " + rounds.size() + " rounds lost and doubled nothing; "
                + record.known().size() + " pairs, " + record.following().size() + " of them following; "
                + messages.messages() + " messages on " + messages.streams() + " event streams");
        return good == rounds.size() && order.violations().isEmpty();
    }

    private Round round(KilledProcess victim) {
        FollowLoad load = new FollowLoad(new Gateway(suite.endpoints().get("GATEWAY_URL")), users, record);
        ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor();
        heartbeat.scheduleAtFixedRate(
                () -> progress.report("  " + load.requests() + " requests, " + load.failures() + " not acknowledged"),
                5,
                5,
                TimeUnit.SECONDS);
        load.begin();
        messages.begin();
        List<String> violations = new ArrayList<>();
        Optional<Duration> takeover = Optional.empty();
        Duration recovery;
        try {
            pause(Duration.ofMillis(1_500 + random.nextInt(2_000)));
            long killed = System.nanoTime();
            if (victim == KilledProcess.LAUNCHER) {
                suite.killLauncher();
                progress.report("  killed the launcher; starting it again");
                suite.start(false);
            } else {
                takeover = killAndAwait(victim, killed, violations);
            }
            if (!load.isServedWithin(RECOVERY_TIMEOUT)) {
                throw new StackException(victim.displayName() + " is back, but requests are still not acknowledged.");
            }
            recovery = since(killed);
            pause(LOAD_AFTER_RECOVERY);
        } finally {
            load.end();
            messages.end();
            heartbeat.shutdownNow();
        }
        load.defects().forEach((kind, times) -> violations.add(times + " requests failed with " + kind));
        ConsistencyChecks checks = new ConsistencyChecks(suite.endpoints(), users, record);
        Duration drain = checks.drain();
        long drift = checks.drift();
        violations.addAll(checks.violations());
        progress.report("  comparing messages with event streams and unread counts");
        violations.addAll(messages.violations());
        violations.addAll(relaysWithoutOneLeader());
        return new Round(
                victim, load.requests(), load.failures(), takeover, recovery, drain, drift, List.copyOf(violations));
    }

    private Optional<Duration> killAndAwait(KilledProcess victim, long killed, List<String> violations) {
        Endpoints before = suite.endpoints();
        List<String> pids = before.all(victim.pidsKey());
        int replica = victim.slice()
                .flatMap(slice -> suite.relayLeaders(slice).stream().findFirst())
                .orElse(0);
        suite.kill(pids.get(replica));
        progress.report("  killed " + victim.displayName() + (pids.size() > 1 ? ", the replica whose relay led" : ""));
        Optional<Duration> takeover = pids.size() > 1
                ? takeover(victim.slice().orElseThrow(), replica, killed, violations)
                : Optional.empty();
        boolean back = Waiting.until(
                RECOVERY_TIMEOUT,
                () -> suite.isReady()
                        && !suite.endpoints().all(victim.pidsKey()).contains(pids.get(replica)));
        if (!back) {
            throw new StackException(victim.displayName() + " is not back after " + RECOVERY_TIMEOUT.toMinutes()
                    + " minutes; see " + suite.data().logs());
        }
        return takeover;
    }

    private Optional<Duration> takeover(Slice slice, int dead, long killed, List<String> violations) {
        boolean taken = Waiting.until(
                LEADER_TIMEOUT, () -> suite.relayLeaders(slice).stream().anyMatch(leader -> leader != dead));
        Duration time = since(killed);
        if (!taken || time.compareTo(TAKEOVER_LIMIT) > 0) {
            violations.add("no other relay of " + slice.schema() + " led within " + Round.seconds(TAKEOVER_LIMIT));
        }
        return Optional.of(time);
    }

    private List<String> relaysWithoutOneLeader() {
        List<String> violations = new ArrayList<>();
        for (Slice slice : PUBLISHING) {
            if (!Waiting.until(LEADER_TIMEOUT, () -> suite.relayLeaders(slice).size() == 1)) {
                violations.add(suite.relayLeaders(slice).size() + " relays of " + slice.schema() + " lead");
            }
        }
        return violations;
    }

    private static void pause(Duration time) {
        Waiting.until(time, () -> false);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
