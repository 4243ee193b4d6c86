package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Every operation is called through a proxy that refuses what the OpenAPI document does not say. */
@Order(2)
class ValidatingProxyTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Operations that no call here can be of, each with the reason. */
    private static final Map<String, String> NOT_WALKED =
            Map.of("GET /v1/realtime", "The proxy waits for the end of a response; an event stream has none.");

    private final Client admin = Client.admin();
    private final Client alice = Client.withoutProfile();
    private final Client bob = Client.withoutProfile();
    private final Client carol = Client.withoutProfile();
    private final Client anyone = Client.anonymous();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private OperationWalk walk;

    @Test
    void no_response_of_any_operation_differs_from_the_document() throws IOException {
        // given the document of the running suite
        JsonNode document = anyone.request("GET", "/openapi.json", null);

        // when
        try (ValidatingProxy proxy = ValidatingProxy.start(document)) {
            walk = new OperationWalk(proxy.url());
            profiles();
            String competition = competition();
            follows();
            signals();
            trades();
            watchlists();
            clans();
            messages();
            streams();
            billing();
            competitionEnds(competition);
            new BillingWalk(walk).payouts(alice, competition);
            walk.call(202, carol, "DELETE /v1/profiles/me");
        }

        // then
        assertThat(walk.failures()).isEmpty();
        Set<String> unseen = operations(document);
        unseen.removeAll(walk.operations());
        assertThat(unseen).as("operations without a call").isEqualTo(NOT_WALKED.keySet());
    }

    @Test
    void a_response_that_differs_from_the_document_is_found() throws IOException {
        // given a document in which a name is a number
        JsonNode document = anyone.request("GET", "/openapi.json", null);
        ((ObjectNode) document.at("/components/schemas/Profile/properties"))
                .putObject("username")
                .put("type", "integer");

        // when
        try (ValidatingProxy proxy = ValidatingProxy.start(document)) {
            walk = new OperationWalk(proxy.url());
            walk.call(200, Client.withProfile(), "GET /v1/profiles/me");
        }

        // then
        assertThat(walk.failures()).singleElement().asString().contains("username must be integer");
    }

    private void profiles() {
        walk.send(201, alice, "POST /v1/profiles", """
                {"username":"a%s","displayName":"Alice","bio":"Trades"}""".formatted(run));
        walk.send(201, bob, "POST /v1/profiles", "{\"username\":\"b" + run + "\"}");
        walk.send(201, carol, "POST /v1/profiles", "{\"username\":\"c" + run + "\"}");
        walk.send(409, carol, "POST /v1/profiles", "{\"username\":\"c" + run + "\"}");
        walk.send(204, admin, "PUT /v1/profiles/{id}/tier", "{\"tier\":\"gladiator\"}", alice.id());
        walk.send(204, admin, "PUT /v1/profiles/{id}/legend-eligibility", "{\"eligible\":true}", alice.id());
        walk.send(200, alice, "PATCH /v1/profiles/me", "{\"bio\":null,\"journalPublic\":true}");
        walk.call(200, alice, "GET /v1/profiles/me");
        walk.call(200, alice, "GET /v1/profiles/me/export");
        walk.call(200, anyone, "GET /v1/profiles/{idOrUsername}", "a" + run);
        walk.call(404, anyone, "GET /v1/profiles/{idOrUsername}", "nobody" + run);
        walk.call(200, anyone, "GET /v1/profiles?q=" + run + "&sort=newest");
        walk.send(201, admin, "POST /v1/achievements", """
                {"name":"First follower %s","description":"Somebody follows you","category":"community",
                 "criteria":{"all":[{"metric":"followerCount","gte":1}]}}""".formatted(run));
        walk.call(200, anyone, "GET /v1/achievements");
    }

    private void follows() {
        walk.call(204, bob, "PUT /v1/follows/{profileId}", alice.id());
        walk.call(204, alice, "PUT /v1/follows/{profileId}", carol.id());
        walk.call(200, bob, "GET /v1/follows/{profileId}", alice.id());
        walk.call(200, anyone, "GET /v1/follows/{profileId}/followers", alice.id());
        walk.call(200, anyone, "GET /v1/follows/{profileId}/following", bob.id());
        walk.call(200, bob, "GET /v1/follows/suggestions");
        walk.call(204, alice, "DELETE /v1/follows/{profileId}", carol.id());
        walk.call(204, bob, "PUT /v1/follows/blocks/{profileId}", carol.id());
        walk.call(200, bob, "GET /v1/follows/blocks");
        walk.call(204, bob, "DELETE /v1/follows/blocks/{profileId}", carol.id());
        await().atMost(TIMEOUT)
                .until(() -> !walk.call(200, anyone, "GET /v1/profiles/{id}/achievements", alice.id())
                        .path("items")
                        .isEmpty());
    }

    private void signals() {
        String signal =
                walk.send(201, alice, "POST /v1/signals", """
                {"assetSymbol":"QUIET/USD","assetType":"crypto","direction":"LONG","entryPrice":"64000",
                 "targetPrice":"70000.5","stopLoss":"61500","rationale":"Higher lows on the daily"}""").path("id").asText();
        walk.send(200, alice, "POST /v1/signals/parse", "{\"text\":\"Long BTC/USD at 64000, target 70000\"}");
        walk.send(200, alice, "PATCH /v1/signals/{signalId}", "{\"timeframe\":\"4h\"}", signal);
        walk.call(200, anyone, "GET /v1/signals?limit=5");
        walk.call(200, bob, "GET /v1/signals/{signalId}", signal);
        await().atMost(TIMEOUT)
                .until(() -> !walk.call(200, bob, "GET /v1/feed").path("items").isEmpty());
        String comment = walk.send(201, bob, "POST /v1/signals/{signalId}/comments", "{\"content\":\"Why?\"}", signal)
                .path("id")
                .asText();
        walk.call(200, anyone, "GET /v1/signals/{signalId}/comments", signal);
        walk.call(200, anyone, "GET /v1/signals/{signalId}/comments/{commentId}", signal, comment);
        walk.call(204, bob, "DELETE /v1/signals/{signalId}/comments/{commentId}", signal, comment);
        walk.send(204, bob, "PUT /v1/signals/{signalId}/reaction", "{\"type\":\"fire\"}", signal);
        walk.call(200, anyone, "GET /v1/signals/{signalId}/reactions", signal);
        walk.call(204, bob, "DELETE /v1/signals/{signalId}/reaction", signal);
        walk.call(204, bob, "POST /v1/signals/{signalId}/views", signal);
        walk.send(200, alice, "POST /v1/signals/{signalId}/resolve", "{\"status\":\"cancelled\"}", signal);
        String other = walk.send(201, alice, "POST /v1/signals", """
                {"assetSymbol":"QUIET/USD","assetType":"crypto","direction":"SHORT","rationale":"Tired"}""").path("id").asText();
        walk.call(204, alice, "DELETE /v1/signals/{signalId}", other);
    }

    private void trades() {
        String trade = walk.send(201, alice, "POST /v1/trades", """
                {"asset":"BTC/USD","assetType":"crypto","direction":"LONG","entryPrice":"64000","size":"0.5"}""").path("id").asText();
        walk.call(200, alice, "GET /v1/trades");
        walk.send(200, alice, "PATCH /v1/trades/{tradeId}", "{\"exitPrice\":\"65000\"}", trade);
        walk.call(200, alice, "GET /v1/trades/{tradeId}", trade);
        walk.call(200, alice, "GET /v1/trades/stats");
        String imported = walk.sendWith("Content-Type", "text/csv", 200, alice, "POST /v1/trades/import", """
                asset,assetType,direction,entryPrice,size,openedAt
                ETH/USD,crypto,LONG,3000,1,2026-01-05T10:00:00Z
                ETH/USD,crypto,LONG,nothing,1,2026-01-05T10:00:00Z
                """)
                .path("importId")
                .asText();
        walk.call(200, alice, "GET /v1/trades/imports");
        walk.call(204, alice, "DELETE /v1/trades/imports/{importId}", imported);
        walk.send(204, alice, "PUT /v1/trades/mappings/{name}", """
                {"fields":[{"field":"asset","column":"Ticker"},{"field":"assetType","value":"stocks"},
                {"field":"direction","column":"Side"},{"field":"entryPrice","column":"In"},
                {"field":"size","column":"Amount"},{"field":"openedAt","column":"Opened"}],
                "decimalMark":"comma","dateOrder":"day-first"}""", "mine");
        walk.call(200, alice, "GET /v1/trades/mappings");
        walk.call(204, alice, "DELETE /v1/trades/mappings/{name}", "mine");
        // A journal whose publication is still on its way is 404, which the walk would note.
        await().atMost(TIMEOUT)
                .until(() -> anyone.call("GET", "/v1/trades/journal/" + alice.id(), null)
                                .status()
                        == 200);
        await().atMost(TIMEOUT)
                .until(() -> !walk.call(200, anyone, "GET /v1/trades/journal/{profileId}", alice.id())
                        .path("items")
                        .isEmpty());
        walk.call(204, alice, "DELETE /v1/trades/{tradeId}", trade);
    }

    private void watchlists() {
        String list = walk.send(201, alice, "POST /v1/watchlists", "{\"name\":\"Majors\"}")
                .path("id")
                .asText();
        walk.call(200, alice, "GET /v1/watchlists");
        walk.send(200, alice, "PATCH /v1/watchlists/{watchlistId}", "{\"name\":\"Majors and gold\"}", list);
        walk.call(204, alice, "PUT /v1/watchlists/{watchlistId}/assets/{symbol}", list, "XAUUSD");
        walk.call(204, alice, "PUT /v1/watchlists/{watchlistId}/assets/{symbol}", list, "NVDA");
        String member = "PUT /v1/watchlists/{watchlistId}/members/{profileId}";
        walk.send(204, alice, member, "{\"role\":\"editor\"}", list, bob.id());
        walk.send(204, alice, member, "{\"role\":\"viewer\"}", list, carol.id());
        walk.call(200, bob, "GET /v1/watchlists/invitations");
        walk.call(204, bob, "POST /v1/watchlists/{watchlistId}/invitation/accept", list);
        walk.call(204, carol, "DELETE /v1/watchlists/{watchlistId}/invitation", list);
        walk.call(200, alice, "GET /v1/watchlists/{watchlistId}", list);
        walk.call(204, alice, "DELETE /v1/watchlists/{watchlistId}/assets/{symbol}", list, "NVDA");
        walk.call(204, alice, "DELETE /v1/watchlists/{watchlistId}/members/{profileId}", list, bob.id());
        walk.call(204, alice, "DELETE /v1/watchlists/{watchlistId}", list);
    }

    private void clans() {
        String clan = walk.send(201, alice, "POST /v1/clans", "{\"name\":\"Night Desk " + run + "\"}")
                .path("id")
                .asText();
        walk.call(200, anyone, "GET /v1/clans?q=Night");
        walk.call(200, anyone, "GET /v1/clans/{clanId}", clan);
        walk.send(200, alice, "PATCH /v1/clans/{clanId}", "{\"badgeUrl\":\"https://example.org/b.png\"}", clan);
        walk.call(201, bob, "POST /v1/clans/{clanId}/members", clan);
        String member = "PUT /v1/clans/{clanId}/members/{profileId}";
        walk.send(204, alice, member, "{\"role\":\"member\"}", clan, carol.id());
        walk.call(200, carol, "GET /v1/clans/invitations");
        walk.call(204, carol, "DELETE /v1/clans/{clanId}/invitation", clan);
        walk.send(204, alice, member, "{\"role\":\"member\"}", clan, carol.id());
        walk.call(204, carol, "POST /v1/clans/{clanId}/invitation/accept", clan);
        walk.call(200, anyone, "GET /v1/clans/{clanId}/members", clan);
        walk.send(204, alice, member, "{\"role\":\"owner\"}", clan, bob.id());
        walk.call(204, bob, "POST /v1/clans/{clanId}/ownership/accept", clan);
        walk.call(204, alice, "DELETE /v1/clans/{clanId}/members/{profileId}", clan, alice.id());
        walk.call(204, bob, "DELETE /v1/clans/{clanId}", clan);
    }

    private void messages() {
        walk.send(200, alice, "PUT /v1/notifications/preferences", """
                {"whoMayWrite":"everyone","types":{"reaction":false}}""");
        walk.call(200, alice, "GET /v1/notifications/preferences");
        String message = walk.send(
                        201,
                        bob,
                        "POST /v1/messages",
                        "{\"recipientId\":\"" + alice.id() + "\",\"content\":\"Good call\"}")
                .path("id")
                .asText();
        walk.call(200, alice, "GET /v1/conversations");
        walk.call(200, alice, "GET /v1/conversations/{peerId}/messages", bob.id());
        walk.send(204, alice, "POST /v1/conversations/{peerId}/read", "{}", bob.id());
        walk.call(200, bob, "GET /v1/messages/{messageId}", message);
        walk.call(204, bob, "DELETE /v1/messages/{messageId}", message);
        await().atMost(TIMEOUT)
                .until(() -> !walk.call(200, alice, "GET /v1/notifications?unread=true")
                        .path("items")
                        .isEmpty());
        String notification = walk.call(200, alice, "GET /v1/notifications")
                .path("items")
                .path(0)
                .path("id")
                .asText();
        walk.call(204, alice, "POST /v1/notifications/{notificationId}/read", notification);
        walk.call(200, alice, "GET /v1/notifications/unread-count");
        walk.call(204, alice, "POST /v1/notifications/read-all");
        walk.call(201, alice, "POST /v1/realtime/tickets");
    }

    private void streams() {
        StreamWalk streams = new StreamWalk(walk, alice, bob);
        streams.watched();
        streams.recording();
        streams.webhook(run);
        streams.ended();
    }

    /** The suite has a fake of Stripe, so what is bought is paid. */
    private void billing() {
        BillingWalk billing = new BillingWalk(walk);
        billing.refusals(alice, bob);
        billing.subscription(alice, bob);
        billing.tier(carol);
        billing.legendsPool(alice);
        billing.webhook(run);
    }

    /** A competition that ends while the other operations are walked. */
    private String competition() {
        walk.call(200, anyone, "GET /v1/competitions/schemas/rules");
        walk.call(200, anyone, "GET /v1/competitions/schemas/scoring-metrics");
        Instant start = Instant.now().plusSeconds(4);
        String competition = open(start, start.plusSeconds(16));
        walk.send(201, bob, "POST /v1/competitions/{competitionId}/participants", "{}", competition);
        walk.send(201, carol, "POST /v1/competitions/{competitionId}/participants", "{}", competition);
        walk.send(
                200,
                alice,
                "POST /v1/competitions/{competitionId}/participants/{profileId}/disqualify",
                "{\"reason\":\"A second account\"}",
                competition,
                carol.id());
        return competition;
    }

    private void competitionEnds(String competition) {
        String other = open(Instant.now().plusSeconds(3_600), Instant.now().plusSeconds(7_200));
        walk.send(201, bob, "POST /v1/competitions/{competitionId}/participants", "{}", other);
        walk.call(204, bob, "DELETE /v1/competitions/{competitionId}/participants/me", other);
        walk.send(200, alice, "PATCH /v1/competitions/{competitionId}", "{\"description\":\"New rules\"}", other);
        walk.call(200, alice, "POST /v1/competitions/{competitionId}/cancel", other);
        walk.call(200, anyone, "GET /v1/competitions?status=cancelled");
        await().atMost(TIMEOUT)
                .until(() -> walk.call(200, anyone, "GET /v1/competitions/{competitionId}", competition)
                        .path("status")
                        .asText()
                        .equals("completed"));
        walk.call(200, anyone, "GET /v1/competitions/{competitionId}/leaderboard", competition);
        walk.call(200, bob, "GET /v1/competitions/{competitionId}/leaderboard/me", competition);
        walk.call(200, anyone, "GET /v1/competitions/{competitionId}/results", competition);
    }

    private String open(Instant start, Instant end) {
        return walk.send(201, alice, "POST /v1/competitions", """
                {"name":"Sprint %s","type":"free_for_all","prizePool":"1000.00",
                 "rules":{"prizeDistribution":[50,30,20],"lateEntry":true},"scoringMetrics":{"totalPnl":1},
                 "startsAt":"%s","endsAt":"%s"}""".formatted(run, start, end))
                .path("id")
                .asText();
    }

    private static Set<String> operations(JsonNode document) {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }
}
