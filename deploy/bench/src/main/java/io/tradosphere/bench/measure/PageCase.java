package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.world.World;
import io.tradosphere.bench.world.World.Reader;
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

/** The first page of a list of signals: of signal-service, through the gateway, and of the hand-written service. */
public final class PageCase implements Case {

    private static final String HEARD_OF = "posted_at DESC";
    /** How many pages are looked at before anything is measured. */
    private static final int LOOKED_AT = 4;

    private final Stage stage;
    private final String name;
    private final String title;
    private final double leastRatio;
    private final BiFunction<Target, Integer, Call> calls;
    private final Script.StandIn reader;
    private final BareStatements bare;
    private final BareStatements theirsBare;
    private final Rounds rounds = new Rounds();

    private PageCase(
            Stage stage,
            String name,
            String title,
            double leastRatio,
            BiFunction<Target, Integer, Call> calls,
            Script.StandIn reader) {
        this.stage = stage;
        this.name = name;
        this.title = title;
        this.leastRatio = leastRatio;
        this.calls = calls;
        this.reader = reader;
        this.bare = new BareStatements(stage, name, Pgbench.As.serviceOf(Slice.SIGNAL, stage.database()));
        this.theirsBare = new BareStatements(stage, name + "-fastify", Pgbench.As.handWritten(stage.handWritten()));
    }

    /** What everybody has posted, as anybody sees it. */
    public static PageCase everybodys(Stage stage) {
        return new PageCase(
                stage,
                "feed",
                "global feed",
                10,
                (target, number) -> Call.get(target, "/v1/signals"),
                Script.StandIn.anyOf(0, 1, stage.id(0).toString(), World.idInSql(":number")));
    }

    /** What those post whom somebody follows, read by people who follow few or many. */
    public static PageCase personal(Stage stage, Reader kind) {
        int follows = kind.follows(stage.size());
        return new PageCase(
                stage,
                "personal-" + follows,
                "feed of " + follows + " follows",
                5,
                (target, number) -> Call.get(target, "/v1/feed", stage.readerToken(kind, number)),
                Script.StandIn.anyOf(
                        stage.world().reader(kind, 0),
                        stage.size().readers(),
                        stage.id(stage.world().reader(kind, 0)).toString(),
                        World.idInSql(":number")));
    }

    @Override
    public void warmUp() throws Exception {
        for (int number = 0; number < LOOKED_AT; number++) {
            requireTheSame(number);
        }
        bare.hear(HEARD_OF, () -> first(Side.SERVICE), reader);
        theirsBare.hear(HEARD_OF, () -> first(Side.FASTIFY), reader);
        for (Side side : Side.values()) {
            measure(
                    side,
                    side == Side.SERVICE ? stage.size().warmUp() : stage.size().comparing());
        }
    }

    @Override
    public String round(int round) throws Exception {
        Map<String, Reading> sides = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            sides.put(side.title(), measure(side, stage.size().comparing()));
        }
        Duration brief = stage.size().comparing().dividedBy(2);
        bare.run(brief).ifPresent(reading -> sides.put("pgbench", reading));
        theirsBare.run(brief).ifPresent(reading -> sides.put("pgbench-fastify", reading));
        rounds.add(sides);
        return String.format(
                Locale.ROOT,
                "service %,.0f/s, p99 %.1f ms; gateway %,.0f/s, p99 %.1f ms; fastify %,.0f/s, p99 %.1f ms, pipelined %,.0f/s",
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
        CaseReport report = new CaseReport(name, rounds);
        Compared.lines(report, title, leastRatio);
        return report;
    }

    private Reading measure(Side side, Duration howLong) {
        Target target = side.in(stage);
        return side.measure(stage, () -> stage.generator().closedLoop(howLong, number -> calls.apply(target, number)));
    }

    private String first(Side side) {
        return stage.generator().answer(calls.apply(side.in(stage), 0));
    }

    /** A faster answer that shows something else would prove nothing. */
    private void requireTheSame(int number) {
        List<String> ours = shown(Side.SERVICE, number);
        for (Side side : Side.values()) {
            List<String> theirs = shown(side, number);
            if (ours.isEmpty() || !ours.equals(theirs)) {
                throw new StackException("The " + title + " shows " + ours + " of the service, and " + theirs + " of "
                        + side.title() + ": they must be the same, and not empty.");
            }
        }
    }

    private List<String> shown(Side side, int number) {
        JsonArray items =
                new JsonObject(stage.generator().answer(calls.apply(side.in(stage), number))).getJsonArray("items");
        return IntStream.range(0, items.size())
                .mapToObj(items::getJsonObject)
                .map(PageCase::gist)
                .toList();
    }

    /** Ids are another in every database; no two signals are posted in the same second. */
    private static String gist(JsonObject item) {
        return Instant.parse(item.getString("postedAt")) + " "
                + item.getJsonObject("creator").getString("username") + " " + item.getString("assetSymbol") + " "
                + item.getString("status");
    }
}
