package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.LoadGenerator;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.CaseReport.Better;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Joins of competitions through the gateway by 32 clients, beside the hand-written service. Either each competition has 100
 * places, all of which are taken, or all clients join one competition without a limit.
 */
public final class JoinCase implements Case {

    /** How many places a competition has. */
    public enum Places {
        /** The 101st join is of another competition. */
        HUNDRED("competitions of 100 places", 100),
        /** All join the same competition. */
        UNLIMITED("a competition without a limit", null);

        private final String title;
        private final Integer limit;

        Places(String title, Integer limit) {
            this.title = title;
            this.limit = limit;
        }

        /** The name in reports. */
        public String title() {
            return title;
        }
    }

    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(2);
    private static final String OURS = "ours";
    private static final String FASTIFY = "fastify";
    private static final String PIPELINED = "fastify-pipelined";

    private static final int WARM_UPS = 2;
    private static final String OUR_COMPETITION = """
            INSERT INTO competition.competitions (id, creator_id, name, type, prize_pool, rules, scoring_metrics, max_participants,
              starts_at, ends_at)
            VALUES (?, ?, 'Joined', 'free_for_all', 10000, '{"startingEquity": "10000"}', '{"totalPnl": 1}', ?,
              now() + interval '1 day', now() + interval '7 days')
            """;
    private static final String THEIR_COMPETITION = """
            INSERT INTO competitions (id, creator_id, name, type, prize_pool, rules, scoring_metrics, max_participants,
              starts_at, ends_at)
            VALUES (?, ?, 'Joined', 'free_for_all', 10000, '{"startingEquity": "10000"}', '{"totalPnl": 1}', ?,
              now() + interval '1 day', now() + interval '7 days')
            """;
    private static final String COUNTED = "SELECT coalesce(sum(participant_count), 0) FROM competition.competitions";
    private static final String JOINED = "SELECT count(*) FROM competition.competition_participants";
    private static final String OVERFULL = """
            SELECT count(*) FROM %1$scompetitions c
            WHERE (SELECT count(*) FROM %1$scompetition_participants p WHERE p.competition_id = c.id) > c.max_participants
            """;
    private static final String WAITING = "SELECT count(*) FROM competition.outbox";

    private final CaseContext context;
    private final Places places;
    private final Rounds rounds = new Rounds();

    /**
     * @param context what to measure on
     * @param places how many places a competition has
     */
    public JoinCase(CaseContext context, Places places) {
        this.context = context;
        this.places = places;
    }

    @Override
    public void warmUp() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            measureAll();
        }
    }

    @Override
    public String round(int round) throws Exception {
        Map<String, Measurement> variants = measureAll();
        rounds.add(variants);
        return String.format(
                Locale.ROOT,
                "ours %,.0f/s, p99 %.0f ms, %.2f ms CPU each; fastify %,.0f/s, p99 %.0f ms; pipelined %,.0f/s",
                variants.get(OURS).get("rate"),
                variants.get(OURS).get("p99Ms"),
                variants.get(OURS).get("cpuMsEach"),
                variants.get(FASTIFY).get("rate"),
                variants.get(FASTIFY).get("p99Ms"),
                variants.get(PIPELINED).get("rate"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport(places == Places.HUNDRED ? "join-100" : "join-unlimited", rounds);
        String title = "joins of " + places.title();
        report.compare(title + ", a second", OURS, "rate", FASTIFY, Better.HIGHER, 0);
        report.compare(title + ", p50 ms", OURS, "p50Ms", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", p99 ms", OURS, "p99Ms", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", CPU ms each, all processes", OURS, "cpuMsEach", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", beside pipelined, a second", OURS, "rate", PIPELINED, Better.HIGHER, 0);
        report.mustBeZero(title + ", failed requests", "failed", List.of(OURS), FASTIFY);
        report.mustBeZero(title + ", wrong counts", "miscounted", List.of(OURS), FASTIFY);
        report.atMost(title + ", drained after, ms", OURS, "drainedMs", Double.NaN);
        return report;
    }

    private Map<String, Measurement> measureAll() throws SQLException {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        variants.put(OURS, measure(context.targets().gateway(), context.database(), OUR_COMPETITION, true));
        variants.put(FASTIFY, measure(context.targets().fastify(), context.seed(), THEIR_COMPETITION, false));
        variants.put(PIPELINED, measure(context.targets().pipelined(), context.seed(), THEIR_COMPETITION, false));
        return variants;
    }

    private Measurement measure(Target target, Address database, String competition, boolean ours) throws SQLException {
        int joins = context.size().followsPerRound();
        List<UUID> competitions = competitions(database, competition, places.limit == null ? 1 : joins / places.limit);
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = context.generator()
                .closedLoop(
                        joins,
                        number -> Call.join(
                                target,
                                competitions.get(places.limit == null ? 0 : number / places.limit),
                                context.token(number)),
                        LoadGenerator.Observer.NONE);
        long responded = System.nanoTime();
        if (ours) {
            Waiting.until(DRAIN_TIMEOUT, this::isDrained);
        }
        Measurement reading = Measurement.of(load)
                .with("drainedMs", (System.nanoTime() - responded) / 1e6)
                .cpu(ProcessUsage.between(before, context.usage().cpuMillis()));
        long wrong = Sql.number(database, OVERFULL.formatted(ours ? "competition." : ""));
        if (ours) {
            wrong += Math.abs(Sql.number(database, COUNTED) - Sql.number(database, JOINED));
        }
        return reading.with("miscounted", wrong);
    }

    private boolean isDrained() {
        try {
            return Sql.number(context.database(), WAITING) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException("The suite's database does not respond: " + e.getMessage(), e);
        }
    }

    private List<UUID> competitions(Address database, String insert, int count) throws SQLException {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(count).toList();
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            for (UUID id : ids) {
                statement.setObject(1, id);
                statement.setObject(2, context.id(0));
                statement.setObject(3, places.limit);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return ids;
    }
}
