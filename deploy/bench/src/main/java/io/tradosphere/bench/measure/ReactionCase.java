package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.world.World;
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

/** Everybody reacts to one signal, another one in each round: of signal-service, through the gateway, and of the hand-written one. */
public final class ReactionCase implements Case {

    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(2);
    private static final double LEAST_RATIO = 5;
    private static final String REACTION = "INSERT INTO signal_engagement";
    private static final int BARE = Side.values().length;

    private static final int THEIRS_BARE = BARE + 1;
    /** A signal a round for each side and for the bare statements of both; and one that is heard. */
    private static final int HOT = (THEIRS_BARE + 1) * World.MOST_ROUNDS + 1;

    private static final String OLDEST =
            "SELECT id::text FROM %s WHERE status = 'active' ORDER BY posted_at LIMIT " + HOT;
    private static final String SIGNALS = "signal.signals";
    private static final String SEED_SIGNALS = "signals";
    private static final String LIKES = "SELECT like_count FROM %s WHERE id = ?";
    private static final String REACTIONS = "SELECT count(*) FROM %s_engagement WHERE signal_id = ?";
    private static final String WAITING = "SELECT count(*) FROM signal.outbox";

    private final Stage stage;
    private final BareStatements bare;
    private final BareStatements theirsBare;
    private final Rounds rounds = new Rounds();
    private List<String> ours = List.of();
    private List<String> theirs = List.of();

    /** @param stage where it is measured */
    public ReactionCase(Stage stage) {
        this.stage = stage;
        this.bare = new BareStatements(stage, "react", Pgbench.As.serviceOf(Slice.SIGNAL, stage.database()));
        this.theirsBare = new BareStatements(stage, "react-fastify", Pgbench.As.handWritten(stage.handWritten()));
    }

    @Override
    public void warmUp() throws Exception {
        ours = Sql.texts(stage.database(), OLDEST.formatted(SIGNALS));
        theirs = Sql.texts(stage.seed(), OLDEST.formatted(SEED_SIGNALS));
        if (ours.size() < HOT || theirs.size() < HOT) {
            throw new StackException("There are fewer than " + HOT + " active signals to react to.");
        }
        String actor = stage.id(stage.world().actor(0)).toString();
        Script.StandIn anybody =
                Script.StandIn.oneAfterTheOther(stage.size().people(), actor, World.idInSql(":number"));
        bare.hear(REACTION, () -> stage.generator().answer(call(Side.SERVICE, heard(ours), 0)), anybody);
        theirsBare.hear(REACTION, () -> stage.generator().answer(call(Side.FASTIFY, heard(theirs), 0)), anybody);
        for (int i = 0; i < World.WARM_UPS; i++) {
            for (Side side : Side.values()) {
                measure(side, World.warmUpRound(i));
            }
        }
    }

    @Override
    public String round(int round) throws Exception {
        Map<String, Reading> sides = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            sides.put(side.title(), measure(side, round));
        }
        bare(bare, ours, BARE, round, sides, "pgbench");
        awaitDrained(hot(ours, BARE, round));
        bare(theirsBare, theirs, THEIRS_BARE, round, sides, "pgbench-fastify");
        rounds.add(sides);
        return String.format(
                Locale.ROOT,
                "service %,.0f/s, p99 %.0f ms; gateway %,.0f/s, p99 %.0f ms; fastify %,.0f/s, p99 %.0f ms, pipelined %,.0f/s",
                sides.get("service").get("rate"),
                sides.get("service").get("p99Ms"),
                sides.get("gateway").get("rate"),
                sides.get("gateway").get("p99Ms"),
                sides.get("fastify").get("rate"),
                sides.get("fastify").get("p99Ms"),
                sides.get("fastify-pipelined").get("rate"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("reactions", rounds);
        String title = "reactions to one signal";
        Compared.lines(report, title, LEAST_RATIO);
        report.none(title + ", wrong counts", "miscounted", List.of("service", "gateway"), "fastify");
        report.below(title + ", drained after, ms", "service", "drainedMs", Double.NaN);
        return report;
    }

    private Reading measure(Side side, int round) throws SQLException {
        boolean fastify = !side.isOurs();
        String signal = hot(fastify ? theirs : ours, side.ordinal(), round);
        Address database = fastify ? stage.seed() : stage.database();
        String table = fastify ? SEED_SIGNALS : SIGNALS;
        Map<String, Double> before = stage.usage().cpuMillis();
        Load load = stage.generator()
                .closedLoop(
                        stage.size().comparing(), stage.size().followsARound(), number -> call(side, signal, number));
        long answered = System.nanoTime();
        if (!fastify) {
            awaitDrained(signal);
        }
        Reading reading = Reading.of(load).with("drainedMs", (System.nanoTime() - answered) / 1e6);
        // What an answer costs includes its counting, which ours does later.
        side.withCpu(stage, before, reading);
        long likes = likes(database, table, signal);
        return reading.with(
                "miscounted", Math.abs(likes - load.answered()) + Math.abs(likes - reactions(database, table, signal)));
    }

    private void awaitDrained(String signal) {
        Waiting.until(LONGEST_DRAIN, () -> {
            try {
                return Sql.number(stage.database(), WAITING) == 0
                        && likes(stage.database(), SIGNALS, signal) == reactions(stage.database(), SIGNALS, signal);
            } catch (SQLException e) {
                throw new IllegalStateException("The suite's database does not answer: " + e.getMessage(), e);
            }
        });
    }

    private void bare(
            BareStatements statements,
            List<String> signals,
            int place,
            int round,
            Map<String, Reading> sides,
            String name)
            throws IOException, InterruptedException {
        statements
                .run(stage.size().comparing().dividedBy(2), heard(signals), hot(signals, place, round))
                .ifPresent(reading -> sides.put(name, reading));
    }

    private Call call(Side side, String signal, int number) {
        Target target = side.in(stage);
        return Call.react(target, signal, stage.token(number));
    }

    private static String hot(List<String> signals, int place, int round) {
        return signals.get(place * World.MOST_ROUNDS + round);
    }

    private static String heard(List<String> signals) {
        return signals.get(HOT - 1);
    }

    private static long likes(Address database, String signals, String signal) throws SQLException {
        return Sql.number(database, LIKES.formatted(signals), UUID.fromString(signal));
    }

    private static long reactions(Address database, String signals, String signal) throws SQLException {
        return Sql.number(
                database, REACTIONS.formatted(signals.substring(0, signals.length() - 1)), UUID.fromString(signal));
    }
}
