package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.dataset.Dataset.Reader;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** The first page of a feed: signal-service directly, through the gateway, and the Fastify service. */
public final class PageCase implements Case {

    private static final String CAPTURED_TEXT = "posted_at DESC";
    /** The number of pages compared before the measurement. */
    private static final int COMPARED_PAGES = 4;

    private final CaseContext context;
    private final String name;
    private final String title;
    private final double minRatio;
    private final BiFunction<Target, Integer, Call> calls;
    private final Script.Substitution reader;
    private final StatementReplay replay;
    private final StatementReplay fastifyReplay;
    private final Rounds rounds = new Rounds();

    private PageCase(
            CaseContext context,
            String name,
            String title,
            double minRatio,
            BiFunction<Target, Integer, Call> calls,
            Script.Substitution reader) {
        this.context = context;
        this.name = name;
        this.title = title;
        this.minRatio = minRatio;
        this.calls = calls;
        this.reader = reader;
        this.replay = new StatementReplay(context, name, Pgbench.Session.serviceOf(Slice.SIGNAL, context.database()));
        this.fastifyReplay =
                new StatementReplay(context, name + "-fastify", Pgbench.Session.handWritten(context.handWritten()));
    }

    /** The global feed, read anonymously. */
    public static PageCase global(CaseContext context) {
        return new PageCase(
                context,
                "feed",
                "global feed",
                10,
                (target, number) -> Call.get(target, "/v1/signals"),
                Script.Substitution.random(0, 1, context.id(0).toString(), Dataset.idInSql(":number")));
    }

    /** Personal feeds, read by light or heavy readers. */
    public static PageCase personal(CaseContext context, Reader kind) {
        int follows = kind.follows(context.size());
        return new PageCase(
                context,
                "personal-" + follows,
                "feed of " + follows + " follows",
                5,
                (target, number) -> Call.get(target, "/v1/feed", context.readerToken(kind, number)),
                Script.Substitution.random(
                        context.dataset().reader(kind, 0),
                        context.size().readers(),
                        context.id(context.dataset().reader(kind, 0)).toString(),
                        Dataset.idInSql(":number")));
    }

    @Override
    public void warmUp() throws Exception {
        for (int number = 0; number < COMPARED_PAGES; number++) {
            requireSamePages(number);
        }
        replay.capture(CAPTURED_TEXT, () -> first(Variant.SERVICE), reader);
        fastifyReplay.capture(CAPTURED_TEXT, () -> first(Variant.FASTIFY), reader);
        for (Variant variant : Variant.values()) {
            measure(
                    variant,
                    variant == Variant.SERVICE
                            ? context.size().warmUpDuration()
                            : context.size().comparisonDuration());
        }
    }

    @Override
    public String round(int round) throws Exception {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            variants.put(variant.title(), measure(variant, context.size().comparisonDuration()));
        }
        Duration brief = context.size().comparisonDuration().dividedBy(2);
        replay.run(brief).ifPresent(reading -> variants.put("pgbench", reading));
        fastifyReplay.run(brief).ifPresent(reading -> variants.put("pgbench-fastify", reading));
        rounds.add(variants);
        return String.format(
                Locale.ROOT,
                "service %,.0f/s, p99 %.1f ms; gateway %,.0f/s, p99 %.1f ms; fastify %,.0f/s, p99 %.1f ms, pipelined %,.0f/s",
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
        CaseReport report = new CaseReport(name, rounds);
        FastifyComparison.lines(report, title, minRatio);
        return report;
    }

    private Measurement measure(Variant variant, Duration howLong) {
        Target target = variant.in(context);
        return variant.measure(
                context, () -> context.generator().closedLoop(howLong, number -> calls.apply(target, number)));
    }

    private String first(Variant variant) {
        return context.generator().responseBody(calls.apply(variant.in(context), 0));
    }

    /** A comparison is only valid if all variants return the same page. */
    private void requireSamePages(int number) {
        List<String> ours = shown(Variant.SERVICE, number);
        for (Variant variant : Variant.values()) {
            List<String> theirs = shown(variant, number);
            if (ours.isEmpty() || !ours.equals(theirs)) {
                throw new StackException("The " + title + " returns " + ours + " for the service, and " + theirs
                        + " for " + variant.title() + "; they must be equal and not empty.");
            }
        }
    }

    private List<String> shown(Variant variant, int number) {
        JsonArray items = new JsonObject(context.generator().responseBody(calls.apply(variant.in(context), number)))
                .getJsonArray("items");
        return IntStream.range(0, items.size())
                .mapToObj(items::getJsonObject)
                .map(PageCase::summary)
                .toList();
    }

    /** Ids differ between the databases; the posting time identifies a signal. */
    private static String summary(JsonObject item) {
        return Instant.parse(item.getString("postedAt")) + " "
                + item.getJsonObject("creator").getString("username") + " " + item.getString("assetSymbol") + " "
                + item.getString("status");
    }
}
