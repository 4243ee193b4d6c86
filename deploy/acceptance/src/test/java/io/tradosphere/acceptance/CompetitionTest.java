package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.cli.verify.VerifyCommand;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Competitions from their creation to the exact prizes. */
@Order(4)
class CompetitionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration UNTIL_THE_END = Duration.ofSeconds(90);

    @Test
    void of_a_hundred_concurrent_entries_ten_get_the_ten_places() {
        // given
        String cup = createCompetition(
                "{\"maxParticipants\":10}",
                Instant.now().plusSeconds(3_600),
                Instant.now().plusSeconds(7_200));
        List<Client> clients =
                IntStream.range(0, 100).mapToObj(number -> Client.withProfile()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(32);

        // when
        List<CompletableFuture<Integer>> responses = clients.stream()
                .map(person -> CompletableFuture.supplyAsync(() -> join(person, cup), threads))
                .toList();

        // then
        List<Integer> statuses = responses.stream().map(CompletableFuture::join).toList();
        threads.shutdown();
        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(10);
        assertThat(read(cup).path("participantCount").asInt()).isEqualTo(10);

        // when one participant withdraws
        Client profile = clients.get(statuses.indexOf(201));
        assertThat(join(profile, cup)).isEqualTo(409);
        profile.request("DELETE", cup + "/participants/me", null);

        // then exactly one place is free
        assertThat(join(clients.get(statuses.indexOf(409)), cup)).isEqualTo(201);
        assertThat(join(clients.get(statuses.lastIndexOf(409)), cup)).isEqualTo(409);
    }

    @Test
    void a_competition_starts_and_ends_by_itself_ranks_the_trades_of_its_period_and_splits_the_pool_to_the_cent() {
        // given four profiles in a competition that is about to start
        Client organiser = Client.withProfile("gladiator");
        List<Client> traders =
                IntStream.range(0, 4).mapToObj(number -> Client.withProfile()).toList();
        Instant start = Instant.now().plusSeconds(10);
        Instant end = start.plusSeconds(25);
        String cup = createCompetition(organiser, "{\"prizePool\":\"1000.01\"}", start, end);
        traders.forEach(trader -> assertThat(join(trader, cup)).isEqualTo(201));
        trade(traders.get(3), "1000000");
        assertThat(read(cup).path("status").asText()).isEqualTo("upcoming");

        // then
        await().atMost(UNTIL_THE_END)
                .until(() -> read(cup).path("status").asText().equals("active"));
        assertThat(Instant.now()).isAfterOrEqualTo(start);
        assertThat(join(Client.withProfile(), cup)).isEqualTo(409);
        assertThat(Client.anonymous().call("GET", cup + "/results", null).status())
                .isEqualTo(409);

        // when they trade: two have equal profit, one more, and one a loss despite an earlier profit
        trade(traders.get(0), "300");
        trade(traders.get(1), "300");
        trade(traders.get(2), "500");
        trade(traders.get(3), "-50");

        // then equal profits share a rank, and the next rank is skipped
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(leaderboard(cup))
                        .containsExactlyInAnyOrder(
                                "1 " + traders.get(2).id() + " 500",
                                "2 " + traders.get(0).id() + " 300",
                                "2 " + traders.get(1).id() + " 300",
                                "4 " + traders.get(3).id() + " -50"));
        assertThat(traders.get(3)
                        .request("GET", cup + "/leaderboard/me", null)
                        .at("/own/rank")
                        .asInt())
                .isEqualTo(4);

        // then it ends by itself, once
        await().atMost(UNTIL_THE_END)
                .until(() -> read(cup).path("status").asText().equals("completed"));
        assertThat(Instant.now()).isAfterOrEqualTo(end);
        Broker.awaitDrained();
        assertThat(Broker.records("tradosphere.competition.competitions").stream()
                        .filter(record -> cup.endsWith(record.key()))
                        .map(record -> Broker.header(record, "ce_type")))
                .containsExactly(
                        "io.tradosphere.competition.created.v1",
                        "io.tradosphere.competition.started.v1",
                        "io.tradosphere.competition.completed.v1");

        // and the pool minus the fee of 5 percent is split to the cent, with equal prizes for equal ranks
        JsonNode results =
                Client.anonymous().request("GET", cup + "/results", null).path("items");
        List<BigDecimal> prizes = new ArrayList<>();
        results.forEach(result -> prizes.add(new BigDecimal(result.path("prize").asText())));
        assertThat(prizes)
                .hasSize(4)
                .allSatisfy(prize -> assertThat(prize.scale()).isLessThanOrEqualTo(2));
        assertThat(prizes.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isBetween(new BigDecimal("950.00"), new BigDecimal("950.01"));
        assertThat(prizes.get(0)).isGreaterThan(prizes.get(1));
        assertThat(prizes.get(1).subtract(prizes.get(2)).abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
        assertThat(prizes.get(3)).isZero();
        assertThat(SharedSuite.run(new VerifyCommand())).isZero();
    }

    @Test
    void a_participant_in_stealth_mode_is_hidden_from_other_leaderboards_and_leaves_no_gap() {
        // given
        Client organiser = Client.withProfile("gladiator");
        Client hidden = Client.withProfile("gladiator");
        Client shown = Client.withProfile();
        hidden.request("PATCH", "/v1/profiles/me", "{\"stealthMode\":true}");
        Instant start = Instant.now().plusSeconds(8);
        String cup = createCompetition(organiser, "{}", start, start.plusSeconds(3_600));
        assertThat(join(hidden, cup)).isEqualTo(201);
        assertThat(join(shown, cup)).isEqualTo(201);
        await().atMost(UNTIL_THE_END)
                .until(() -> read(cup).path("status").asText().equals("active"));

        // when
        trade(hidden, "500");
        trade(shown, "100");

        // then
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(leaderboard(cup)).containsExactly("1 " + shown.id() + " 100"));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(hidden.request("GET", cup + "/leaderboard/me", null)
                                .path("trueRank")
                                .asInt())
                        .isEqualTo(1));
    }

    @Test
    void a_paid_or_invalid_or_foreign_competition_is_refused() {
        Client creator = Client.withProfile("gladiator");
        Instant start = Instant.now().plusSeconds(3_600);
        String cup = createCompetition("{}", start, start.plusSeconds(60));

        assertThat(Client.withProfile()
                        .call(
                                "POST",
                                "/v1/competitions",
                                body("{}", start, start.plusSeconds(60)).toString())
                        .status())
                .isEqualTo(403);
        Client.Response paid = creator.call(
                "POST",
                "/v1/competitions",
                body("{\"entryFee\":\"5\"}", start, start.plusSeconds(60)).toString());
        assertThat(paid.status()).isEqualTo(400);
        assertThat(paid.json().path("type").asText()).endsWith("/paid-entry-unavailable");
        for (String nonsense : List.of(
                "{\"scoringMetrics\":{\"totalPnl\":0.5}}",
                "{\"scoringMetrics\":{\"luck\":1}}",
                "{\"rules\":{\"anythingGoes\":true}}",
                "{\"type\":\"1v1\",\"maxParticipants\":3}")) {
            assertThat(creator.call(
                                    "POST",
                                    "/v1/competitions",
                                    body(nonsense, start, start.plusSeconds(60)).toString())
                            .status())
                    .as(nonsense)
                    .isEqualTo(400);
        }
        assertThat(creator.call("POST", cup + "/cancel", null).status()).isEqualTo(403);
    }

    /** Creates a competition that is scored by profit and has three prizes. Returns its path. */
    private static String createCompetition(String fields, Instant start, Instant end) {
        return createCompetition(Client.withProfile("gladiator"), fields, start, end);
    }

    private static String createCompetition(Client organiser, String fields, Instant start, Instant end) {
        return "/v1/competitions/"
                + organiser
                        .request(
                                "POST",
                                "/v1/competitions",
                                body(fields, start, end).toString())
                        .path("id")
                        .asText();
    }

    private static ObjectNode body(String fields, Instant start, Instant end) {
        ObjectNode body = Client.JSON.createObjectNode();
        body.put("name", "Cup " + start)
                .put("type", "free_for_all")
                .put("prizePool", "1000.00")
                .put("platformFeePercentage", 5)
                .put("startsAt", start.toString())
                .put("endsAt", end.toString());
        body.putObject("rules")
                .put("maxReportDelay", "PT1S")
                .putArray("prizeDistribution")
                .add(50)
                .add(30)
                .add(20);
        body.putObject("scoringMetrics").put("totalPnl", 1);
        body.setAll((ObjectNode) Client.parsed(fields));
        return body;
    }

    private static int join(Client client, String cup) {
        return client.call("POST", cup + "/participants", "{}").status();
    }

    private static JsonNode read(String cup) {
        return Client.anonymous().request("GET", cup, null);
    }

    /** A trade that is opened and closed now, with this profit. */
    private static void trade(Client trader, String profit) {
        BigDecimal exit = new BigDecimal("2000000").add(new BigDecimal(profit));
        String trade = trader.request("POST", "/v1/trades", """
                        {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"2000000","size":"1"}
                        """).path("id").asText();
        trader.request("PATCH", "/v1/trades/" + trade, "{\"exitPrice\":\"" + exit + "\"}");
    }

    /** Rank, profile and profit of every visible row. */
    private static List<String> leaderboard(String cup) {
        List<String> rows = new ArrayList<>();
        Client.anonymous()
                .request("GET", cup + "/leaderboard", null)
                .path("items")
                .forEach(row -> rows.add(
                        row.path("rank").asText() + " " + row.path("profileId").asText() + " "
                                + row.path("totalPnl").asText()));
        return rows;
    }
}
