package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.InboxLoader;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.stack.StackException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The first page of conversations, in an inbox of 40 messages and in one of 40,000, one request at a time. Beside it the query
 * that the seed's schema asks for, by itself.
 */
public final class InboxCase implements Case {

    private static final int READS = 100;
    private static final double MAX_RATIO = 1.5;

    private final CaseContext context;
    private final String seedQuery;
    private final Rounds rounds = new Rounds();
    private final int little;
    private final int much;

    /** @param context what to measure on */
    public InboxCase(CaseContext context) {
        this.context = context;
        this.little = InboxLoader.little(context.dataset());
        this.much = InboxLoader.much(context.dataset());
        try (InputStream query = InboxCase.class.getResourceAsStream("/bench/seed-inbox.sql")) {
            this.seedQuery = new String(query.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void warmUp() throws Exception {
        try (Connection database = context.database().connect();
                Connection seed = context.seed().connect()) {
            InboxLoader.loadSuite(context.dataset(), database);
            InboxLoader.loadSeed(context.dataset(), seed);
        }
        try (Connection seed = seed()) {
            for (int person : List.of(little, much)) {
                List<String> ours = shown(person);
                List<String> theirs = seedPage(seed, person);
                if (ours.size() != 20 || !ours.equals(theirs)) {
                    throw new StackException(
                            "The inbox is " + ours + ", and " + theirs + " by the seed's query; they must be equal.");
                }
            }
            for (int i = 0; i < 10; i++) {
                ours(little);
                ours(much);
            }
        }
    }

    @Override
    public String round(int round) throws Exception {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        variants.put("service-40", ours(little));
        variants.put("service-40000", ours(much));
        try (Connection seed = seed()) {
            variants.put("seed-40", theirs(seed, little));
            variants.put("seed-40000", theirs(seed, much));
        }
        rounds.add(variants);
        return String.format(
                Locale.ROOT,
                "of 40 messages %.2f ms, of 40,000 %.2f ms; the seed's query %.2f and %.2f ms",
                variants.get("service-40").get("p50Ms"),
                variants.get("service-40000").get("p50Ms"),
                variants.get("seed-40").get("p50Ms"),
                variants.get("seed-40000").get("p50Ms"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("inbox", rounds);
        report.ratioAtMost("inbox of 40,000 messages and of 40, ms", "service-40000", "p50Ms", "service-40", MAX_RATIO);
        report.ratioAtMost("the same by the seed's query, ms", "seed-40000", "p50Ms", "seed-40", Double.NaN);
        return report;
    }

    private Measurement ours(int person) {
        Call call = call(person);
        Latencies latencies = new Latencies();
        for (int i = 0; i < READS; i++) {
            long startedAt = System.nanoTime();
            context.generator().responseBody(call);
            latencies.add(System.nanoTime() - startedAt);
        }
        return measurement(latencies);
    }

    private Measurement theirs(Connection seed, int person) throws SQLException {
        Latencies latencies = new Latencies();
        for (int i = 0; i < READS; i++) {
            long startedAt = System.nanoTime();
            seedPage(seed, person);
            latencies.add(System.nanoTime() - startedAt);
        }
        return measurement(latencies);
    }

    private static Measurement measurement(Latencies latencies) {
        return new Measurement().with("p50Ms", latencies.percentile(50)).with("p99Ms", latencies.percentile(99));
    }

    private Call call(int person) {
        return Call.get(context.targets().messagingService(), "/v1/conversations", context.streamTokens()[person]);
    }

    private List<String> shown(int person) {
        JsonArray items = new JsonObject(context.generator().responseBody(call(person))).getJsonArray("items");
        return IntStream.range(0, items.size())
                .mapToObj(items::getJsonObject)
                .map(item -> item.getJsonObject("peer").getString("username") + ": "
                        + item.getJsonObject("lastMessage").getString("content") + ", "
                        + item.getLong("unreadCount"))
                .toList();
    }

    private Connection seed() throws SQLException {
        Connection seed = context.seed().connect();
        try (Statement statement = seed.createStatement()) {
            statement.execute("SET ROLE authenticated");
        }
        return seed;
    }

    private List<String> seedPage(Connection seed, int person) throws SQLException {
        UUID id = context.id(person);
        List<String> page = new ArrayList<>();
        try (Statement caller = seed.createStatement();
                PreparedStatement query = seed.prepareStatement(seedQuery)) {
            caller.execute("SET request.jwt.claim.sub = '" + id + "'");
            for (int i = 1; i <= 3; i++) {
                query.setObject(i, id);
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    page.add(rows.getString(1) + ": " + rows.getString(2) + ", " + rows.getLong(4));
                }
            }
        }
        return page;
    }
}
