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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(6)
class ReplayFromZeroTest {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Pattern CONSUMER = Pattern.compile(
            "tradosphere_consumer_lag\\{(?=[^}]*group=\"(?<group>[^\"]+))[^}]*topic=\"(?<topic>[^\"]+)");

    private static final String COPY =
            "SELECT concat_ws(',', id, username, display_name, avatar_url, tier, incarnation, sequence) FROM %s.profiles"
                    + " ORDER BY id";

    @Test
    void replaying_every_topic_from_its_first_record_changes_no_row() throws Exception {
        // given all that earlier tests left, and somebody who has gone
        Client gone = Client.arrived();
        Client idol = Client.arrived();
        Client fan = Client.arrived();
        gone.does("PUT", "/v1/follows/" + idol.id(), null);
        fan.does("PUT", "/v1/follows/" + gone.id(), null);
        fan.does("PUT", "/v1/follows/" + idol.id(), null);
        fan.does("DELETE", "/v1/follows/" + idol.id(), null);
        Client caller = Client.caller();
        for (String outcome : List.of("hit", "hit", "miss", "cancelled")) {
            caller.resolve(caller.posts("{}"), outcome);
        }
        caller.does("DELETE", "/v1/signals/" + caller.posts("{}"), null);
        String symbol = Prices.freshSymbol();
        String called = caller.posts(
                "{\"assetSymbol\":\"%s\",\"entryPrice\":\"100\",\"targetPrice\":\"110\",\"stopLoss\":\"90\"}"
                        .formatted(symbol));
        Prices.tick(symbol, "100");
        Prices.tick(symbol, "111.5");
        await().atMost(SOON)
                .until(() -> caller.does("GET", "/v1/signals/" + called, null)
                        .path("status")
                        .asText()
                        .equals("hit"));
        fan.does("PUT", "/v1/follows/" + caller.id(), null);
        fan.does("PUT", "/v1/signals/" + called + "/reaction", "{\"type\":\"fire\"}");
        fan.does("POST", "/v1/signals/" + called + "/comments", "{\"content\":\"Well called\"}");
        fan.does("POST", "/v1/signals/" + called + "/views", null);
        fan.does("PUT", "/v1/follows/blocks/" + idol.id(), null);
        String trade = fan.does("POST", "/v1/trades", """
                        {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"100","size":"1"}
                        """).path("id").asText();
        fan.does("PATCH", "/v1/trades/" + trade, "{\"exitPrice\":\"110\"}");
        fan.does("PATCH", "/v1/profiles/me", "{\"journalPublic\":true}");
        await().atMost(SOON)
                .until(() -> fan.does("GET", "/v1/signals/" + called, null)
                                .path("viewCount")
                                .asInt()
                        == 1);
        gone.does("DELETE", "/v1/profiles/me", null);
        awaitQuiet();
        Set<String> consumers = consumersWithSomethingToRead();
        Map<String, String> before = Database.digests();

        // when every service reads everything again
        List<String> pids = Arrays.stream(Slice.values())
                .map(slice -> TheSuite.endpoints().get(slice.name() + "_SERVICE_PID"))
                .toList();
        Set<String> rewound;
        signal("STOP", pids);
        try {
            Broker.awaitNoMembers();
            rewound = Broker.rewindAllGroups();
        } finally {
            signal("CONT", pids);
        }
        awaitQuiet();

        // then no consumer was left out, and not a column of any row is another
        assertThat(rewound).containsAll(consumers);
        assertThat(consumers)
                .contains(
                        "profile-service.signal-records tradosphere.signal.signals",
                        "profile-service.follower-counts tradosphere.social.follows",
                        "signal-service.market tradosphere.market.prices",
                        "signal-service.engagement-counts tradosphere.signal.engagement",
                        "signal-service.follows tradosphere.social.follows");
        assertThat(Database.digests()).isEqualTo(before);
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_slice_started_on_an_empty_database_catches_up_from_the_topics_alone() throws Exception {
        // given two slices with all they know of people
        for (int i = 0; i < 100; i++) {
            Client.arrived();
        }
        Broker.awaitDrained();
        Map<Slice, List<String>> before = new TreeMap<>();
        List<Slice> slices = List.of(Slice.SIGNAL, Slice.MESSAGING);
        for (Slice slice : slices) {
            before.put(slice, copyOf(slice));
            assertThat(before.get(slice)).hasSizeGreaterThan(100).isEqualTo(copyOf(Slice.SOCIAL));
        }

        // when their databases are new, and they start
        Secrets secrets = Secrets.of(TheSuite.get().data());
        for (Slice slice : slices) {
            String pid = TheSuite.endpoints().get(slice.name() + "_SERVICE_PID");
            signal("STOP", List.of(pid));
            Database.execute("DROP SCHEMA " + slice.schema() + " CASCADE");
            new Databases(Database.address().in("postgres"), secrets::get)
                    .prepare(Database.address().database(), List.of(slice));
            TheSuite.get().kill(pid);
        }

        // then they know the same
        for (Slice slice : slices) {
            await().atMost(SOON)
                    .ignoreExceptionsMatching(notMigratedYet -> true)
                    .until(() -> copyOf(slice).equals(before.get(slice)));
        }
        for (Slice slice : slices) {
            String key = slice.name() + "_SERVICE_URL";
            assertThat(TheSuite.endpoints().get(key)).isNotBlank();
        }

        // and counts of signals that are lost for good can be brought down to what is left
        Broker.awaitDrained();
        assertThat(TheSuite.run(new VerifyCommand(), "--repair")).isZero();
        assertThat(TheSuite.run(new VerifyCommand())).isZero();
    }

    /** Whoever consumes a topic that holds anything, by the services' own word: a consumer that is new is among them. */
    private static Set<String> consumersWithSomethingToRead() {
        Set<String> consumers = new TreeSet<>();
        for (Slice slice : Slice.values()) {
            String metrics = metrics(TheSuite.endpoints().get(slice.name() + "_SERVICE_URL"));
            Matcher lag = CONSUMER.matcher(metrics);
            while (lag.find()) {
                if (!Broker.records(lag.group("topic")).isEmpty()) {
                    consumers.add(lag.group("group") + " " + lag.group("topic"));
                }
            }
        }
        return consumers;
    }

    private static List<String> copyOf(Slice slice) {
        return Database.column(COPY.formatted(slice.schema()));
    }

    private static void awaitQuiet() {
        Broker.awaitDrained();
        // Chores of profile-service that follow from events.
        await().atMost(SOON)
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
