package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Waiting;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Reactions of all actors to one signal, another signal in each round. Compares signal-service, the gateway and the Fastify
 * service.
 */
public final class ReactionCase implements Case {

    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(2);
    private static final double MIN_RATIO = 5;
    private static final String REACTION = "INSERT INTO signal_engagement";
    /** After four, half of a service's CPU was still the JIT compiler's. */
    private static final int WARM_UPS = 12;

    private static final int SERVICE_REPLAY = Variant.values().length;

    private static final int FASTIFY_REPLAY = SERVICE_REPLAY + 1;
    /** One signal per round for each variant and each pgbench replay, plus one for the capture. */
    private static final int SIGNAL_COUNT = (FASTIFY_REPLAY + 1) * Dataset.MAX_ROUNDS + 1;

    private static final String OLDEST =
            "SELECT id::text FROM %s WHERE status = 'active' ORDER BY posted_at LIMIT " + SIGNAL_COUNT;
    private static final String SIGNALS = "signal.signals";
    private static final String SEED_SIGNALS = "signals";
    private static final String LIKES = "SELECT like_count FROM %s WHERE id = ?";
    private static final String REACTIONS = "SELECT count(*) FROM %s_engagement WHERE signal_id = ?";
    private static final String WAITING = "SELECT count(*) FROM signal.outbox";

    private final CaseContext context;
    private final StatementReplay replay;
    private final StatementReplay fastifyReplay;
    private final Rounds rounds = new Rounds();
    private List<String> ours = List.of();
    private List<String> theirs = List.of();

    /** @param context what to measure on */
    public ReactionCase(CaseContext context) {
        this.context = context;
        this.replay =
                new StatementReplay(context, "react", Pgbench.Session.serviceOf(Slice.SIGNAL, context.database()));
        this.fastifyReplay =
                new StatementReplay(context, "react-fastify", Pgbench.Session.handWritten(context.handWritten()));
    }

    @Override
    public void warmUp() throws Exception {
        ours = Sql.texts(context.database(), OLDEST.formatted(SIGNALS));
        theirs = Sql.texts(context.seed(), OLDEST.formatted(SEED_SIGNALS));
        if (ours.size() < SIGNAL_COUNT || theirs.size() < SIGNAL_COUNT) {
            throw new StackException("There are fewer than " + SIGNAL_COUNT + " active signals to react to.");
        }
        String actor = context.id(context.dataset().actor(0)).toString();
        Script.Substitution nextPerson =
                Script.Substitution.roundRobin(context.size().people(), actor, Dataset.idInSql(":number"));
        replay.capture(
                REACTION, () -> context.generator().responseBody(call(Variant.SERVICE, captured(ours), 0)), nextPerson);
        fastifyReplay.capture(
                REACTION,
                () -> context.generator().responseBody(call(Variant.FASTIFY, captured(theirs), 0)),
                nextPerson);
        for (int i = 0; i < WARM_UPS; i++) {
            for (Variant variant : Variant.values()) {
                measure(variant, Dataset.warmUpRound(i));
            }
        }
    }

    @Override
    public String round(int round) throws Exception {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            variants.put(variant.title(), measure(variant, round));
        }
        replay(replay, ours, SERVICE_REPLAY, round, variants, "pgbench");
        awaitDrained(signalFor(ours, SERVICE_REPLAY, round));
        replay(fastifyReplay, theirs, FASTIFY_REPLAY, round, variants, "pgbench-fastify");
        rounds.add(variants);
        return String.format(
                Locale.ROOT,
                "service %,.0f/s, p99 %.0f ms; gateway %,.0f/s, p99 %.0f ms; fastify %,.0f/s, p99 %.0f ms, pipelined %,.0f/s",
                variants.get("service").get("rate"),
                variants.get("service").get("p99Ms"),
                variants.get("gateway").get("rate"),
                variants.get("gateway").get("p99Ms"),
                variants.get("fastify").get("rate"),
                variants.get("fastify").get("p99Ms"),
                variants.get("fastify-pipelined").get("rate"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("reactions", rounds);
        String title = "reactions to one signal";
        FastifyComparison.lines(report, title, MIN_RATIO);
        report.mustBeZero(title + ", wrong counts", "miscounted", List.of("service", "gateway"), "fastify");
        report.atMost(title + ", drained after, ms", "service", "drainedMs", Double.NaN);
        return report;
    }

    private Measurement measure(Variant variant, int round) throws SQLException {
        boolean fastify = !variant.isOurs();
        String signal = signalFor(fastify ? theirs : ours, variant.ordinal(), round);
        Address database = fastify ? context.seed() : context.database();
        String table = fastify ? SEED_SIGNALS : SIGNALS;
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = context.generator()
                .closedLoop(
                        context.size().comparisonDuration(),
                        context.size().followsPerRound(),
                        number -> call(variant, signal, number));
        long responded = System.nanoTime();
        if (!fastify) {
            awaitDrained(signal);
        }
        Measurement reading = Measurement.of(load).with("drainedMs", (System.nanoTime() - responded) / 1e6);
        // The cost of a response includes counting, which the suite does asynchronously.
        variant.withCpu(context, before, reading);
        long likes = likes(database, table, signal);
        return reading.with(
                "miscounted",
                Math.abs(likes - load.responded()) + Math.abs(likes - reactions(database, table, signal)));
    }

    private void awaitDrained(String signal) {
        Waiting.until(DRAIN_TIMEOUT, () -> {
            try {
                return Sql.number(context.database(), WAITING) == 0
                        && likes(context.database(), SIGNALS, signal) == reactions(context.database(), SIGNALS, signal);
            } catch (SQLException e) {
                throw new IllegalStateException("The suite's database does not respond: " + e.getMessage(), e);
            }
        });
    }

    private void replay(
            StatementReplay statements,
            List<String> signals,
            int place,
            int round,
            Map<String, Measurement> variants,
            String name)
            throws IOException, InterruptedException {
        statements
                .run(
                        context.size().comparisonDuration().dividedBy(2),
                        captured(signals),
                        signalFor(signals, place, round))
                .ifPresent(reading -> variants.put(name, reading));
    }

    private Call call(Variant variant, String signal, int number) {
        Target target = variant.in(context);
        return Call.react(target, signal, context.token(number));
    }

    private static String signalFor(List<String> signals, int place, int round) {
        return signals.get(place * Dataset.MAX_ROUNDS + round);
    }

    private static String captured(List<String> signals) {
        return signals.get(SIGNAL_COUNT - 1);
    }

    private static long likes(Address database, String signals, String signal) throws SQLException {
        return Sql.number(database, LIKES.formatted(signals), UUID.fromString(signal));
    }

    private static long reactions(Address database, String signals, String signal) throws SQLException {
        return Sql.number(
                database, REACTIONS.formatted(signals.substring(0, signals.length() - 1)), UUID.fromString(signal));
    }
}
