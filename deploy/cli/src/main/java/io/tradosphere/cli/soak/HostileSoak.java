package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.Table;
import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Waiting;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * An attack test. It runs five attacks at once against a suite under normal load. Normal requests must stay fast, no process may
 * end, and nothing may be lost.
 */
public final class HostileSoak {

    private static final int FOLLOWED = 24;
    private static final int WRITERS = 24;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration BEFORE = Duration.ofSeconds(20);
    private static final int FACTOR = 3;

    /** Below that, a p99 is too small for its factor to mean anything on a busy machine. */
    private static final Duration LEAST_P99 = Duration.ofMillis(20);

    private final DedicatedSuite suite;
    private final Progress progress;
    private final PrintWriter out;

    /**
     * A hostile soak of a suite that is up, with its rate limits on.
     *
     * @param progress receives the messages
     * @param out receives the verdict
     */
    public HostileSoak(DedicatedSuite suite, Progress progress, PrintWriter out) {
        this.suite = suite;
        this.progress = progress;
        this.out = out;
    }

    /**
     * Attacks for this long.
     *
     * @return whether everything held
     */
    public boolean run(Duration attack) {
        Endpoints endpoints = suite.endpoints();
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        progress.report("making " + (NormalLoad.CLIENTS + WRITERS + 1 + FOLLOWED) + " profiles");
        TestUsers users = TestUsers.create(endpoints, NormalLoad.CLIENTS + WRITERS + 1, FOLLOWED);
        FollowRecord record = new FollowRecord();
        Map<String, String> pids = pids(endpoints);
        List<Attack> attacks = attacks(endpoints, gateway, users);
        NormalLoad.Latencies before;
        NormalLoad.Latencies during;
        Map<String, Long> failures;
        try (NormalLoad load = new NormalLoad(gateway, users, record)) {
            load.begin();
            progress.report("normal load");
            pause(WARM_UP);
            load.take();
            pause(BEFORE);
            before = load.take();
            load.takeFailures();
            progress.report("attacking for " + attack.toSeconds() + " s");
            attackFor(attack, attacks);
            during = load.take();
            failures = load.takeFailures();
        }
        List<String> violations = lost(users, record);
        return verdict(attacks, before, during, failures, pids.equals(pids(suite.endpoints())), violations);
    }

    private static List<Attack> attacks(Endpoints endpoints, Gateway gateway, TestUsers users) {
        String bootstrap = endpoints.get("KAFKA_BOOTSTRAP");
        return List.of(
                new TinyNodesAttack(gateway),
                new SlowUploadsAttack(URI.create(endpoints.get("GATEWAY_URL"))),
                RecordsAttack.nearTheLimit(bootstrap),
                RecordsAttack.compressedBombs(bootstrap),
                new HeldLockAttack(
                        Address.parse(endpoints.get("POSTGRES_URL")),
                        gateway,
                        // Neither follows by the normal load nor is followed by it.
                        users.followers().get(NormalLoad.CLIENTS + WRITERS),
                        users.followers().subList(NormalLoad.CLIENTS, NormalLoad.CLIENTS + WRITERS)));
    }

    private static void attackFor(Duration time, List<Attack> attacks) {
        ExecutorService threads = Executors.newFixedThreadPool(attacks.size());
        List<Future<?>> running = new ArrayList<>();
        for (Attack attack : attacks) {
            running.add(threads.submit(() -> {
                attack.run();
                return null;
            }));
        }
        pause(time);
        threads.shutdownNow();
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    throw new StackException("An attack failed: " + e.getCause().getMessage(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("Interrupted", e);
            }
        }
    }

    /** The attack's own records are dead letters of signal-service, and no loss. */
    private List<String> lost(TestUsers users, FollowRecord record) {
        ConsistencyChecks checks = new ConsistencyChecks(suite.endpoints(), users, record);
        checks.drain();
        List<String> violations = new ArrayList<>(checks.violations());
        violations.removeIf(violation -> violation.endsWith("dead letters in signal"));
        long drift = checks.drift();
        if (drift > 0) {
            violations.add(drift + " values have drifted; see ./tradosphere verify");
        }
        return violations;
    }

    private boolean verdict(
            List<Attack> attacks,
            NormalLoad.Latencies before,
            NormalLoad.Latencies during,
            Map<String, Long> failures,
            boolean sameProcesses,
            List<String> violations) {
        Duration bound = before.p99().compareTo(LEAST_P99) < 0 ? LEAST_P99 : before.p99();
        boolean fast = during.p99().compareTo(bound.multipliedBy(FACTOR)) <= 0;
        Table table = new Table("what", "result", "verdict");
        boolean held = true;
        for (Attack attack : attacks) {
            boolean kept = attack.breach().isEmpty();
            held &= kept;
            table.row(attack.name(), attack.result(), kept ? "held" : attack.breach());
        }
        table.row(
                "p99 of normal requests",
                millis(before.p99()) + " before (" + before.nanos().size() + "), " + millis(during.p99())
                        + " meanwhile (" + during.nanos().size() + ")",
                fast ? "held" : "more than " + FACTOR + " times");
        table.row(
                "normal requests",
                failures.isEmpty() ? "none refused or failed" : failures.toString(),
                failures.isEmpty() ? "held" : "failed");
        table.row("processes", sameProcesses ? "none ended" : "one ended", sameProcesses ? "held" : "failed");
        table.row(
                "data",
                violations.isEmpty() ? "nothing lost, doubled or drifted" : String.join("; ", violations),
                violations.isEmpty() ? "held" : "failed");
        table.print(out);
        return held && fast && failures.isEmpty() && sameProcesses && violations.isEmpty();
    }

    private static Map<String, String> pids(Endpoints endpoints) {
        Map<String, String> pids = new TreeMap<>(endpoints.values());
        pids.keySet().removeIf(name -> !name.endsWith("_PID"));
        return pids;
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    private static void pause(Duration time) {
        Waiting.until(time, () -> false);
    }
}
