package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.OwnSuite;
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
 * Kills one process after the other in mid-storm, and after each looks whether anything that was acknowledged was lost or
 * doubled.
 */
public final class Soak {

    private static final int FOLLOWERS_A_CLIENT = 6;
    private static final int FOLLOWED = 24;
    private static final Duration BACK = Duration.ofMinutes(3);
    private static final Duration TAKEOVER = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(20);
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);
    private static final List<Slice> PUBLISHING = List.of(Slice.PROFILE, Slice.SOCIAL);

    private final OwnSuite suite;
    private final Progress progress;
    private final Random random = new Random();
    private final Ledger ledger = new Ledger();
    private final List<Round> rounds = new ArrayList<>();
    private Crowd crowd;

    /**
     * On a suite that is up.
     *
     * @param suite whose processes are killed
     * @param progress where it says what it does
     */
    public Soak(OwnSuite suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /**
     * Kills these, one a round.
     *
     * @return whether nothing was lost or doubled
     * @throws StackException when something does not come back; one line
     */
    public boolean run(List<Victim> victims) {
        progress.say("making " + (Storm.CLIENTS * FOLLOWERS_A_CLIENT + FOLLOWED) + " profiles");
        crowd = Crowd.gather(suite.endpoints(), Storm.CLIENTS * FOLLOWERS_A_CLIENT, FOLLOWED);
        for (Victim victim : victims) {
            progress.say("round " + (rounds.size() + 1) + " of " + victims.size() + ": " + Storm.CLIENTS
                    + " clients follow and unfollow");
            Round round = round(victim);
            rounds.add(round);
            progress.say(round.line());
            round.complaints().forEach(complaint -> progress.say("  " + complaint));
        }
        return summarize();
    }

    private boolean summarize() {
        TopicOrder.Outcome order = TopicOrder.check(suite.endpoints().get("KAFKA_BOOTSTRAP"), ledger);
        progress.say(order.records() + " events of follows, " + order.repeated() + " of them repeated, "
                + (order.complaints().isEmpty()
                        ? "in order"
                        : order.complaints().size() + " not in order"));
        order.complaints().stream().limit(10).forEach(complaint -> progress.say("  " + complaint));
        long good = rounds.stream().filter(Round::isGood).count();
        progress.say(good + " of " + rounds.size() + " rounds lost and doubled nothing; "
                + ledger.known().size() + " pairs, " + ledger.following().size() + " of them following");
        return good == rounds.size() && order.complaints().isEmpty();
    }

    private Round round(Victim victim) {
        Storm storm = new Storm(new Gateway(suite.endpoints().get("GATEWAY_URL")), crowd, ledger);
        ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor();
        heartbeat.scheduleAtFixedRate(
                () -> progress.say("  " + storm.requests() + " requests, " + storm.failures() + " not acknowledged"),
                5,
                5,
                TimeUnit.SECONDS);
        storm.begin();
        List<String> complaints = new ArrayList<>();
        Optional<Duration> takeover = Optional.empty();
        Duration recovery;
        try {
            rest(Duration.ofMillis(1_500 + random.nextInt(2_000)));
            long killed = System.nanoTime();
            if (victim == Victim.LAUNCHER) {
                suite.killLauncher();
                progress.say("  killed the launcher; starting it again");
                suite.start(false);
            } else {
                takeover = killAndAwait(victim, killed, complaints);
            }
            if (!storm.isServedWithin(BACK)) {
                throw new StackException(victim.shown() + " is back, and calls are not acknowledged all the same.");
            }
            recovery = since(killed);
            rest(AFTERWARDS);
        } finally {
            storm.end();
            heartbeat.shutdownNow();
        }
        storm.defects().forEach((kind, times) -> complaints.add(times + " calls were answered with " + kind));
        Checks checks = new Checks(suite.endpoints(), crowd, ledger);
        Duration drain = checks.drain();
        long drift = checks.drift();
        complaints.addAll(checks.complaints());
        complaints.addAll(unsettledRelays());
        return new Round(
                victim, storm.requests(), storm.failures(), takeover, recovery, drain, drift, List.copyOf(complaints));
    }

    private Optional<Duration> killAndAwait(Victim victim, long killed, List<String> complaints) {
        Endpoints before = suite.endpoints();
        List<String> pids = before.all(victim.pidsKey());
        int replica = victim.slice()
                .flatMap(slice -> suite.relayLeaders(slice).stream().findFirst())
                .orElse(0);
        suite.kill(pids.get(replica));
        progress.say("  killed " + victim.shown() + (pids.size() > 1 ? ", the replica whose relay led" : ""));
        Optional<Duration> takeover = pids.size() > 1
                ? takeover(victim.slice().orElseThrow(), replica, killed, complaints)
                : Optional.empty();
        boolean back = Waiting.until(
                BACK,
                () -> suite.isReady()
                        && !suite.endpoints().all(victim.pidsKey()).contains(pids.get(replica)));
        if (!back) {
            throw new StackException(victim.shown() + " is not back after " + BACK.toMinutes() + " minutes; see "
                    + suite.data().logs());
        }
        return takeover;
    }

    private Optional<Duration> takeover(Slice slice, int dead, long killed, List<String> complaints) {
        boolean taken =
                Waiting.until(SETTLED, () -> suite.relayLeaders(slice).stream().anyMatch(leader -> leader != dead));
        Duration time = since(killed);
        if (!taken || time.compareTo(TAKEOVER) > 0) {
            complaints.add("no other relay of " + slice.schema() + " led within " + Round.seconds(TAKEOVER));
        }
        return Optional.of(time);
    }

    private List<String> unsettledRelays() {
        List<String> complaints = new ArrayList<>();
        for (Slice slice : PUBLISHING) {
            if (!Waiting.until(SETTLED, () -> suite.relayLeaders(slice).size() == 1)) {
                complaints.add(suite.relayLeaders(slice).size() + " relays of " + slice.schema() + " lead");
            }
        }
        return complaints;
    }

    private static void rest(Duration time) {
        Waiting.until(time, () -> false);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
