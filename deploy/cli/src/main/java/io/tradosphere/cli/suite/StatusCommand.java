package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Table;
import io.tradosphere.cli.replay.DeadLetterRows;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.process.ProcessIdentity;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the state of each process. */
@Command(
        name = "status",
        description =
                "Shows each process: its pid and port, whether it's ready, how old its oldest unpublished event is, and"
                        + " how many events its consumers have not yet read. Exit code 1 when one is not ready.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    private static final String NONE = "-";

    @Mixin
    private DataFolder data;

    @Spec
    private CommandSpec spec;

    /** A shorter failure is a retry, such as while a process restarts. */
    private static final double STALLED_SECONDS = 15;

    private final Map<String, Double> stalled = new TreeMap<>();
    private final Table table = new Table("service", "pid", "port", "ready", "outbox age", "consumer lag");
    private boolean allReady = true;

    @Override
    public Integer call() {
        Endpoints endpoints = Endpoints.ofRunning(data);
        Map<String, Long> lags = lags(endpoints);
        for (Slice slice : Slice.values()) {
            List<String> pids = endpoints.all(slice.variable() + "_PIDS");
            List<String> urls = endpoints.all(slice.variable() + "_URLS");
            for (int i = 0; i < pids.size(); i++) {
                service(slice, i, pids.get(i), urls.get(i), lags);
            }
        }
        row(
                "gateway",
                endpoints.get("GATEWAY_PID"),
                endpoints.get("GATEWAY_URL"),
                Health.isReady(endpoints.get("GATEWAY_MANAGEMENT_URL")),
                NONE,
                NONE);
        String issuer = endpoints.get("OIDC_ISSUER");
        row(
                "oidc",
                endpoints.get("OIDC_PID"),
                issuer,
                Health.get(issuer + "/.well-known/openid-configuration").isPresent(),
                NONE,
                NONE);
        Optional.ofNullable(endpoints.values().get("STRIPE_URL"))
                .ifPresent(fake -> row(
                        StripeAccount.Fake.NAME,
                        endpoints.get("STRIPE_PID"),
                        fake,
                        Health.get(fake + "/_fake").isPresent(),
                        NONE,
                        NONE));
        String bootstrap = endpoints.get("KAFKA_BOOTSTRAP");
        row("kafka", endpoints.get("KAFKA_PID"), "kafka://" + bootstrap, lags != null, NONE, NONE);
        String postgres = endpoints.get("POSTGRES_URL");
        row("postgres", endpoints.get("POSTGRES_PID"), postgres, PostgresCheck.answers(postgres), NONE, NONE);
        PrintWriter out = spec.commandLine().getOut();
        table.print(out);
        stalled.forEach((group, seconds) -> out.printf(
                Locale.ROOT,
                "No progress for %.0f s: %s. The reason is in /q/health/well and in the log.%n",
                seconds,
                group));
        deadLetters(postgres)
                .forEach(letters -> out.println(letters.count() + " dead letters: " + letters.topic() + " of "
                        + letters.group() + ". See ./tradosphere replay --list."));
        out.flush();
        return allReady ? 0 : 1;
    }

    private void service(Slice slice, int replica, String pid, String url, Map<String, Long> lags) {
        String name = slice.service() + (replica == 0 ? "" : "-" + (replica + 1));
        Optional<String> metrics = Health.get(url + "/q/metrics");
        OptionalDouble age = metrics.map(page -> Metrics.highest(page, "tradosphere_outbox_oldest_age_seconds"))
                .orElse(OptionalDouble.empty());
        metrics.ifPresent(page -> Metrics.highestBy(page, "tradosphere_consumer_stalled_seconds", "group")
                .forEach((group, seconds) -> {
                    if (seconds > STALLED_SECONDS) {
                        stalled.merge(group, seconds, Math::max);
                    }
                }));
        String lag = lags == null || replica > 0
                ? NONE
                : String.valueOf(lags.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(slice.service() + "."))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
        row(
                name,
                pid,
                url,
                Health.isReady(url),
                age.isPresent() ? String.format(Locale.ROOT, "%.1f s", age.getAsDouble()) : NONE,
                lag);
    }

    private void row(String name, String pid, String url, boolean ready, String age, String lag) {
        boolean alive =
                pid.matches("\\d+") && ProcessIdentity.of(Long.parseLong(pid)).isPresent();
        allReady &= ready;
        table.row(name, alive ? pid : NONE, URI.create(url).getPort(), ready ? "yes" : alive ? "no" : "down", age, lag);
    }

    private static List<DeadLetterRows.Parked> deadLetters(String postgres) {
        try {
            return new DeadLetterRows(Address.parse(postgres)).parked();
        } catch (StackException postgresIsAway) {
            return List.of();
        }
    }

    private static Map<String, Long> lags(Endpoints endpoints) {
        try {
            return new TreeMap<>(ConsumerLag.byGroup(endpoints.get("KAFKA_BOOTSTRAP")));
        } catch (StackException kafkaIsAway) {
            return null;
        }
    }
}
