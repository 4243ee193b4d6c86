package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.LoadGenerator;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.bench.suite.StripeSide;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Events of Stripe at a steady 300 a second, about some hundred subscriptions, while Stripe answers each fetch after two
 * seconds. Meanwhile some of the subscriptions have ended. Afterwards the creator's count must be Stripe's.
 */
public final class WebhookCase implements Case {

    private static final int EVENTS_PER_SECOND = 300;
    private static final int SUBSCRIPTIONS = 300;

    /** All rounds together leave some. */
    private static final int ENDED_PER_ROUND = 15;

    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** A round is longer than those of other cases, so that slow fetches pile up. */
    private static final int LONGER = 3;

    private static final String LIVE = """
            SELECT count(*) FROM billing.subscriptions WHERE creator_id = ? AND status = 'active'
            """;
    private static final String COUNTED = "SELECT subscriber_count FROM profile.profile_stats WHERE profile_id = ?";
    private static final String BEHIND = """
            SELECT count(*) FROM billing.stripe_objects WHERE requested > fetched
            """;
    private static final String STRIPE_IDS = """
            SELECT stripe_subscription_id FROM billing.subscriptions WHERE status = 'active' ORDER BY id
            """;

    private final CaseContext context;
    private final Rounds rounds = new Rounds();
    private final StripeSide stripe;
    private final UUID creator;
    private List<String> subscriptions = List.of();
    private long live;

    /** @param context what to measure on */
    public WebhookCase(CaseContext context) {
        this.context = context;
        this.stripe = new StripeSide(context.endpoints());
        this.creator = context.id(context.dataset().actor(seller()));
    }

    /** Sells the subscriptions first, as fast as the service may call Stripe with a test key. */
    @Override
    public void warmUp() throws SQLException {
        int seller = seller();
        stripe.sell(context.token(seller));
        IntStream.rangeClosed(1, SUBSCRIPTIONS)
                .parallel()
                .forEach(number -> stripe.subscribe(context.token(seller + number), creator));
        awaitNumber(LIVE, SUBSCRIPTIONS);
        awaitNumber(COUNTED, SUBSCRIPTIONS);
        live = SUBSCRIPTIONS;
        subscriptions = Sql.texts(context.database(), STRIPE_IDS);
        for (int i = 0; i < Dataset.WARM_UPS; i++) {
            send("warm_" + i);
        }
        awaitFetched();
    }

    @Override
    public String round(int round) throws SQLException {
        stripe.answerAfter(SLOW);
        for (int i = 0; i < ENDED_PER_ROUND; i++) {
            live--;
            stripe.endInSilence(subscriptions.get((int) live));
        }
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = send("round_" + round);
        Map<String, Double> used = ProcessUsage.between(before, context.usage().cpuMillis());
        stripe.answerAtOnce();
        long from = System.nanoTime();
        awaitFetched();
        awaitNumber(COUNTED, live);
        double after = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from) / 1_000.0;
        Measurement reading = Measurement.of(load)
                .cpu(used)
                .with("countedAfterSeconds", after)
                .with("miscounted", CountCheck.wrongSubscriberCounts(context.database()));
        rounds.add(Map.of("ours", reading));
        return String.format(
                Locale.ROOT,
                "%.0f taken a second, %.0f not; in %.1f ms (p50), %.1f ms (p99); counts right %.0f s later",
                reading.get("rate"),
                reading.get("failed"),
                reading.get("p50Ms"),
                reading.get("p99Ms"),
                after);
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("webhooks-at-300", rounds);
        report.atMost("at 300 webhooks/s with a slow Stripe, taken, a second", "rate", Double.NaN);
        report.atMost("at 300 webhooks/s with a slow Stripe, taken in, p50 ms", "p50Ms", Double.NaN);
        report.atMost("at 300 webhooks/s with a slow Stripe, taken in, p99 ms", "p99Ms", 50);
        report.mustBeZero("webhooks not taken", "failed", List.of("ours"), "none");
        report.mustBeZero("creators with a wrong subscriber count", "miscounted", List.of("ours"), "none");
        return report;
    }

    private Load send(String name) {
        return context.generator()
                .openLoop(
                        EVENTS_PER_SECOND,
                        context.size().openLoopDuration().multipliedBy(LONGER),
                        number -> {
                            String event = StripeSide.event(
                                    "evt_" + creator + "_" + name + "_" + number,
                                    subscriptions.get(number % subscriptions.size()));
                            return Call.webhook(context.targets().gateway(), event, stripe.signature(event));
                        },
                        LoadGenerator.Observer.NONE);
    }

    /** The first actor who may have a plan. */
    private int seller() {
        return IntStream.range(0, context.size().actors())
                .filter(number ->
                        !context.dataset().tier(context.dataset().actor(number)).equals("free"))
                .findFirst()
                .orElseThrow();
    }

    private void awaitFetched() {
        await("every fetch", () -> Sql.number(context.database(), BEHIND) == 0);
    }

    private void awaitNumber(String sql, long expected) {
        await(expected + " of " + sql, () -> Sql.number(context.database(), sql, creator) == expected);
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(String what, Condition condition) {
        boolean held = Waiting.until(LONGEST, () -> {
            try {
                return condition.holds();
            } catch (SQLException e) {
                throw new IllegalStateException("The suite's database does not respond: " + e.getMessage(), e);
            }
        });
        if (!held) {
            throw new StackException("Not within " + LONGEST.toMinutes() + " minutes: " + what);
        }
    }
}
