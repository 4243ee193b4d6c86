package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.suite.Secrets;
import io.tradosphere.cli.verify.VerifyCommand;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.postgres.Databases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(5)
class ReplayFromZeroTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Pattern CONSUMER = Pattern.compile(
            "tradosphere_consumer_lag\\{(?=[^}]*group=\"(?<group>[^\"]+))[^}]*topic=\"(?<topic>[^\"]+)");

    private static final String REPLICA =
            "SELECT concat_ws(',', id, username, display_name, avatar_url, tier, incarnation, sequence) FROM %s.profiles"
                    + " ORDER BY id";

    @Test
    void replaying_every_topic_from_its_first_record_changes_no_row() throws Exception {
        // given the data of all earlier tests, and an erased profile
        Client erased = Client.withProfile();
        Client idol = Client.withProfile();
        Client fan = Client.withProfile();
        erased.request("PUT", "/v1/follows/" + idol.id(), null);
        fan.request("PUT", "/v1/follows/" + erased.id(), null);
        fan.request("PUT", "/v1/follows/" + idol.id(), null);
        fan.request("DELETE", "/v1/follows/" + idol.id(), null);
        Client caller = Client.signalCreator();
        for (String outcome : List.of("hit", "hit", "miss", "cancelled")) {
            caller.resolve(caller.postSignal("{}"), outcome);
        }
        caller.request("DELETE", "/v1/signals/" + caller.postSignal("{}"), null);
        String symbol = Prices.freshSymbol();
        String called = caller.postSignal(
                "{\"assetSymbol\":\"%s\",\"entryPrice\":\"100\",\"targetPrice\":\"110\",\"stopLoss\":\"90\"}"
                        .formatted(symbol));
        Prices.tick(symbol, "100");
        Prices.tick(symbol, "111.5");
        await().atMost(TIMEOUT)
                .until(() -> caller.request("GET", "/v1/signals/" + called, null)
                        .path("status")
                        .asText()
                        .equals("hit"));
        fan.request("PUT", "/v1/follows/" + caller.id(), null);
        fan.request("PUT", "/v1/signals/" + called + "/reaction", "{\"type\":\"fire\"}");
        fan.request("POST", "/v1/signals/" + called + "/comments", "{\"content\":\"Well called\"}");
        fan.request("POST", "/v1/signals/" + called + "/views", null);
        fan.request("PUT", "/v1/follows/blocks/" + idol.id(), null);
        String trade = fan.request("POST", "/v1/trades", """
                        {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"100","size":"1"}
                        """).path("id").asText();
        fan.request("PATCH", "/v1/trades/" + trade, "{\"exitPrice\":\"110\"}");
        fan.request("PATCH", "/v1/profiles/me", "{\"journalPublic\":true}");
        await().atMost(TIMEOUT)
                .until(() -> fan.request("GET", "/v1/signals/" + called, null)
                                .path("viewCount")
                                .asInt()
                        == 1);
        erased.request("DELETE", "/v1/profiles/me", null);
        awaitQuiescence();
        Set<String> consumers = consumersWithSomethingToRead();
        // Their expiry could fall between the two looks.
        Database.execute("DELETE FROM messaging.realtime_tickets WHERE expires_at <= now()");
        Set<String> before = Database.rows();

        // when every service reads everything again
        List<String> pids = Arrays.stream(Slice.values())
                .map(slice -> SharedSuite.endpoints().get(slice.variable() + "_PID"))
                .toList();
        Set<String> rewound;
        signal("STOP", pids);
        try {
            Broker.awaitNoMembers();
            rewound = Broker.rewindAllGroups();
        } finally {
            signal("CONT", pids);
        }
        awaitQuiescence();

        // then every consumer took part, and no column of any row has changed
        assertThat(rewound).containsAll(consumers);
        assertThat(consumers)
                .contains(
                        "profile-service.signal-records tradosphere.signal.signals",
                        "profile-service.follower-counts tradosphere.social.follows",
                        "signal-service.market tradosphere.market.prices",
                        "signal-service.engagement-counts tradosphere.signal.engagement",
                        "signal-service.follows tradosphere.social.follows");
        Set<String> after = Database.rows();
        assertThat(differences(before, after)).isEmpty();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_slice_started_on_an_empty_database_catches_up_from_the_topics_alone() throws Exception {
        // given two slices with their profile replicas
        for (int i = 0; i < 100; i++) {
            Client.withProfile();
        }
        Broker.awaitDrained();
        Map<Slice, List<String>> before = new LinkedHashMap<>();
        List<Slice> slices = List.of(Slice.SIGNAL, Slice.MESSAGING);
        for (Slice slice : slices) {
            before.put(slice, replicaOf(slice));
            assertThat(before.get(slice)).hasSizeGreaterThanOrEqualTo(100).isEqualTo(replicaOf(Slice.SOCIAL));
        }

        // when their databases are new, and they start
        Secrets secrets = Secrets.of(SharedSuite.get().data());
        for (Slice slice : slices) {
            String pid = SharedSuite.endpoints().get(slice.variable() + "_PID");
            signal("STOP", List.of(pid));
            Database.execute("DROP SCHEMA " + slice.schema() + " CASCADE");
            new Databases(Database.address().in("postgres"), secrets::get)
                    .prepare(Database.address().database(), List.of(slice));
            SharedSuite.get().kill(pid);
        }

        // then their replicas are equal to the earlier ones
        for (Slice slice : slices) {
            await().atMost(TIMEOUT)
                    .ignoreExceptionsMatching(notMigratedYet -> true)
                    .until(() -> replicaOf(slice).equals(before.get(slice)));
        }
        for (Slice slice : slices) {
            String key = slice.variable() + "_URL";
            assertThat(SharedSuite.endpoints().get(key)).isNotBlank();
        }

        // and counts of deleted signals can be repaired to match the remaining ones
        Broker.awaitDrained();
        assertThat(SharedSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    /** The rows of one side only, so that a failure names them. */
    private static Set<String> differences(Set<String> before, Set<String> after) {
        Set<String> differences = new TreeSet<>();
        before.stream()
                .filter(row -> !after.contains(row))
                .map(row -> row + " (before)")
                .forEach(differences::add);
        after.stream()
                .filter(row -> !before.contains(row))
                .map(row -> row + " (after)")
                .forEach(differences::add);
        return differences;
    }

    /** The consumers of non-empty topics, from the services' own code. A new consumer is included automatically. */
    private static Set<String> consumersWithSomethingToRead() {
        Set<String> consumers = new TreeSet<>();
        for (Slice slice : Slice.values()) {
            String metrics = metrics(SharedSuite.endpoints().get(slice.variable() + "_URL"));
            Matcher lag = CONSUMER.matcher(metrics);
            while (lag.find()) {
                if (!Broker.records(lag.group("topic")).isEmpty()) {
                    consumers.add(lag.group("group") + " " + lag.group("topic"));
                }
            }
        }
        return consumers;
    }

    private static List<String> replicaOf(Slice slice) {
        return Database.column(REPLICA.formatted(slice.schema()));
    }

    private static void awaitQuiescence() {
        Broker.awaitDrained();
        // Scheduled jobs of profile-service that events trigger.
        await().atMost(TIMEOUT)
                .until(() -> Database.number("SELECT (SELECT count(*) FROM profile.ranking_due)"
                                + " + (SELECT count(*) FROM profile.achievements WHERE sweep_after IS NOT NULL)")
                        == 0);
        Broker.awaitDrained();
    }

    private static String metrics(String service) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(service + "/q/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(service + " does not show its metrics", e);
        }
    }

    private static void signal(String name, List<String> pids) throws IOException, InterruptedException {
        int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + String.join(" ", pids))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
