package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.stripe.FakePages;
import java.util.Map;

/** The demo's part about money, with the fake of Stripe: a subscription, a bought tier, and a prize that is paid out. */
final class MoneyChapter {

    private static final long BALANCE_CENTS = 100_000;
    private static final long PRIZE_CENTS = 47_500;
    private static final String RETURN_URLS =
            "\"successUrl\":\"http://localhost:3000/paid\",\"cancelUrl\":\"http://localhost:3000/\"";

    private final DemoScript script;
    private final FakePages stripe;

    MoneyChapter(DemoScript script, FakePages stripe) {
        this.script = script;
        this.stripe = stripe;
    }

    /** Plays after the competition, which fan4 has won. */
    void play() {
        subscribe();
        buyTiers();
        payPrize();
    }

    private void subscribe() {
        script.chapter("vega sells subscriptions, and fan5 subscribes on Stripe's page");
        script.request(
                "PUT",
                "/v1/plans/me",
                script.token("vega"),
                "{\"priceMonthly\":\"9.99\",\"currency\":\"USD\"}",
                "set a price");
        onboard("vega");
        String checkout = "{\"creatorId\":\"" + script.id("vega") + "\"," + RETURN_URLS + "}";
        script.check(
                "fan3, whom vega has blocked, cannot subscribe (403)",
                script.status("POST", "/v1/subscriptions", script.token("fan3"), checkout) == 403);
        JsonNode begun =
                script.request("POST", "/v1/subscriptions", script.token("fan5"), checkout, "begin a checkout");
        script.check("before fan5 has paid, there is no access", !hasAccess("fan5"));
        stripe.pay(begun.path("checkoutUrl").asText());
        script.expect("fan5 has paid and has access", () -> hasAccess("fan5"));
        script.expect(
                "vega's subscriberCount is 1",
                () -> profile("vega").path("stats").path("subscriberCount").asInt(-1) == 1);
        script.check("fan6, who has not paid, has no access", !hasAccess("fan6"));
    }

    private void buyTiers() {
        script.chapter("mira buys a tier, takes a higher one, and then a lower one");
        JsonNode begun = script.request(
                "POST",
                "/v1/tiers/checkout",
                script.token("mira"),
                "{\"tier\":\"grow\"," + RETURN_URLS + "}",
                "begin a checkout of a tier");
        stripe.pay(begun.path("checkoutUrl").asText());
        script.expect("mira is grow", () -> tier("mira").equals("grow"));
        changeTier("elite");
        script.expect("mira is elite at once", () -> tier("mira").equals("elite"));
        JsonNode lower = changeTier("grow");
        script.check(
                "mira stays elite until the month that is paid is over, and is grow after that",
                "elite".equals(lower.path("tier").asText())
                        && "grow".equals(lower.path("nextTier").asText()));
    }

    private void payPrize() {
        script.chapter("fan4's prize is released and paid out");
        script.expect(
                "fan4's prize of 475.00 waits unfunded", () -> prize("475.00").equals("unfunded"));
        JsonNode payout = payouts().path(0);
        String release = "/v1/payouts/" + payout.path("id").asText() + "/release";
        script.check("fan4 cannot release it (403)", script.status("POST", release, script.token("fan4"), null) == 403);
        script.request("POST", release, script.admin(), null, "release a prize");
        script.expect("it waits for an account", () -> prize("475.00").equals("waiting"));
        script.setTier("fan4", "grow");
        script.expect(
                "fan4, now of tier grow, may have an account",
                () -> tier("fan4").equals("grow"));
        onboard("fan4");
        stripe.control("balance", Map.of("currency", "usd", "available", BALANCE_CENTS, "pending", 0));
        script.expect("it is owed", () -> prize("475.00").equals("owed"));
        run();
        script.expect("it is paid", () -> prize("475.00").equals("paid"));
        run();
        script.check(
                "another run pays nothing: 525.00 of 1000.00 are left at Stripe",
                balance() == BALANCE_CENTS - PRIZE_CENTS);
    }

    private void onboard(String name) {
        JsonNode link = script.request(
                "POST",
                "/v1/plans/me/onboarding",
                script.token(name),
                "{\"returnUrl\":\"http://localhost:3000/\",\"refreshUrl\":\"http://localhost:3000/again\"}",
                "begin the onboarding");
        stripe.finishOnboarding(link.path("url").asText());
    }

    private void run() {
        script.request("POST", "/v1/payouts/run", script.admin(), null, "run the payouts");
    }

    private JsonNode changeTier(String tier) {
        return script.request(
                        "PUT", "/v1/tiers/me", script.token("mira"), "{\"tier\":\"" + tier + "\"}", "change the tier")
                .path("purchase");
    }

    private boolean hasAccess(String name) {
        return script.request(
                        "GET",
                        "/v1/subscriptions/access/" + script.id("vega"),
                        script.token(name),
                        null,
                        "read the access")
                .path("access")
                .asBoolean();
    }

    private String tier(String name) {
        return profile(name).path("tier").asText();
    }

    private JsonNode profile(String name) {
        return script.request("GET", "/v1/profiles/" + script.id(name), null, null, "read " + name + "'s profile");
    }

    /** The status of fan4's only payout; empty while there is none of this amount. */
    private String prize(String amount) {
        JsonNode payouts = payouts();
        JsonNode payout = payouts.path(0);
        return payouts.size() == 1 && amount.equals(payout.path("amount").asText())
                ? payout.path("status").asText()
                : "";
    }

    private JsonNode payouts() {
        return script.request("GET", "/v1/payouts", script.token("fan4"), null, "list the payouts")
                .path("items");
    }

    private long balance() {
        for (JsonNode available : stripe.get("/v1/balance").path("available")) {
            if (available.path("currency").asText().equals("usd")) {
                return available.path("amount").asLong();
            }
        }
        return 0;
    }
}
