package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A soak that replaces every process of every service, one after the other, under load. Each service has two replicas or
 * more. Not one request may fail, and every event stream must be resumed.
 */
public final class RollingSoak {

    private static final int FOLLOWED = 8;
    private static final int MESSAGES_A_SECOND = 8;
    private static final Duration REPLACED = Duration.ofMinutes(3);

    /** The gateway looks every second whether a replica is ready. Until then the next one must go on serving. */
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private final DedicatedSuite suite;
    private final Progress progress;
    private final int clients;
    private final FollowRecord record = new FollowRecord();

    /**
     * A soak of a suite that is up.
     *
     * @param clients how many clients send requests, with 100 ms between three of them
     */
    public RollingSoak(DedicatedSuite suite, Progress progress, int clients) {
        this.suite = suite;
        this.progress = progress;
        this.clients = clients;
    }

    /** Restarts every process of every service once. Returns whether no request failed and nothing was lost. */
    public boolean run() {
        return underLoad(load -> {
            for (Slice slice : Slice.values()) {
                replace(slice, load);
            }
        });
    }

    /** What is done to the suite while the load goes on. */
    interface Replacements {
        void run(RollingLoad load);
    }

    boolean underLoad(Replacements replacements) {
        progress.report("making " + (clients + FOLLOWED) + " profiles");
        TestUsers users = TestUsers.create(suite.endpoints(), clients, FOLLOWED);
        RollingLoad load = new RollingLoad(new Gateway(suite.endpoints().get("GATEWAY_URL")), users, record, clients);
        MessageLoad messages =
                new MessageLoad(suite.endpoints().get("GATEWAY_URL"), users.followers(), MESSAGES_A_SECOND);
        List<String> violations = new ArrayList<>();
        try {
            load.begin();
            messages.begin();
            replacements.run(load);
        } finally {
            load.end();
            messages.end();
            violations.addAll(load.failures());
            if (messages.repeated() > 0) {
                violations.add(messages.repeated() + " messages were not accepted at once");
            }
        }
        try {
            progress.report(load.requests() + " requests, " + load.failures().size() + " failed; " + messages.messages()
                    + " messages, " + messages.repeated() + " requests repeated; " + messages.streams()
                    + " event streams, " + messages.reopened() + " times resumed");
            ConsistencyChecks checks = new ConsistencyChecks(suite.endpoints(), users, record);
            checks.drain();
            violations.addAll(checks.violations());
            violations.addAll(messages.violations());
            long drift = checks.drift();
            if (drift > 0) {
                violations.add("verify found " + drift + " wrong values");
            }
        } finally {
            messages.close();
        }
        violations.stream().limit(20).forEach(violation -> progress.report("  " + violation));
        progress.report(violations.isEmpty() ? "nothing failed, nothing is lost" : violations.size() + " violations");
        return violations.isEmpty();
    }

    /** Replaces each replica of a service by one that starts from the service's current build. */
    void replace(Slice slice, RollingLoad load) {
        String key = slice.variable() + "_PIDS";
        for (int replica = 0; replica < suite.replicas(); replica++) {
            int failed = load.failures().size();
            String pid = suite.endpoints().all(key).get(replica);
            int index = replica;
            suite.terminate(pid);
            boolean replaced = Waiting.until(
                    REPLACED,
                    () -> suite.isReady()
                            && !suite.endpoints().all(key).get(index).equals(pid));
            if (!replaced) {
                throw new StackException(slice.service() + " is not back after " + REPLACED.toMinutes()
                        + " minutes; see " + suite.data().logs());
            }
            Waiting.until(BETWEEN, () -> false);
            progress.report("  " + slice.service() + ", replica " + (replica + 1) + ": replaced, "
                    + (load.failures().size() - failed) + " requests failed");
        }
    }
}
