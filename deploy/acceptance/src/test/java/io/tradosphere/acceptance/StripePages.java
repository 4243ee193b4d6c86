package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.stripe.FakePages;
import io.tradosphere.cli.verify.VerifyCommand;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What people do on the pages of the suite's fake of Stripe, and its clock. */
final class StripePages {

    static final String GOOD_CARD = FakePages.GOOD_CARD;
    static final String CARD_THAT_FAILS_LATER = "4000000000000341";

    private static final List<String> FOLLOWING_STRIPE = List.of(
            "subscriptions",
            "tier_subscriptions",
            "checkouts",
            "refunds",
            "plans",
            "payout_accounts",
            "stripe_customers",
            "stripe_tasks",
            "stripe_objects",
            "stripe_event_list");

    private StripePages() {}

    /**
     * Empties the fake, and billing-service of what it knew of it. Its clock stands at that time; a subscription whose collection
     * failed for good is unpaid.
     */
    static void reset(Instant clock) {
        pages().control(
                        "reset",
                        Map.of("seed", System.nanoTime(), "clock", clock.getEpochSecond(), "after_retries", "unpaid"));
        FOLLOWING_STRIPE.forEach(table -> Database.execute("DELETE FROM billing." + table));
        Database.execute("UPDATE billing.payouts SET status = 'unfunded', stripe_transfer_id = NULL, paid_at = NULL"
                + " WHERE status <> 'unfunded'");
        // The replicas of what is gone.
        SharedSuite.run(
                new VerifyCommand(),
                "profile.subscription_edges",
                "profile.profile_tiers",
                "signal.subscriptions",
                "--repair");
    }

    /** Lets time pass at the fake, such as {@code P1M}, and waits for the webhooks of it. */
    static void pass(String amount) {
        pages().control("clock", Map.of("advance", amount));
    }

    /** Lets a month pass, and the hour for which a renewal's invoice is a draft. */
    static void passMonth() {
        pass("P1M");
        pass("PT2H");
    }

    /** Sets the platform's balance in USD. */
    static void setBalance(long cents) {
        pages().control("balance", Map.of("currency", "usd", "available", cents, "pending", 0));
    }

    /** What was transferred to somebody's connected account, in cents. */
    static List<Long> transfers(Client person) {
        String account = Database.column(
                        "SELECT stripe_account_id FROM billing.payout_accounts WHERE profile_id = ?", person.id())
                .get(0);
        return pages().get("/v1/transfers?destination=" + account).findValuesAsText("amount").stream()
                .map(Long::valueOf)
                .toList();
    }

    /** Sets a creator's plan, and finishes the onboarding. */
    static void sellSubscriptions(Client creator) {
        creator.request("PUT", "/v1/plans/me", "{\"priceMonthly\":\"9.99\",\"currency\":\"USD\"}");
        onboard(creator);
    }

    /** Makes somebody's connected account, and finishes its onboarding. */
    static void onboard(Client person) {
        JsonNode link = person.request("POST", "/v1/plans/me/onboarding", """
                {"returnUrl":"http://localhost:3000/","refreshUrl":"http://localhost:3000/again"}
                """);
        finishOnboarding(link.path("url").asText());
    }

    /** The response to a request that begins the checkout of a subscription. */
    static Client.Response checkout(Client subscriber, Client creator) {
        return subscriber.call("POST", "/v1/subscriptions", """
                        {"creatorId":"%s","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}
                        """.formatted(creator.id()));
    }

    /** Pays on the page of a checkout. */
    static void pay(String checkoutUrl) {
        pages().pay(checkoutUrl);
    }

    /** Fills in the onboarding page of an account link. */
    static void finishOnboarding(String linkUrl) {
        pages().finishOnboarding(linkUrl);
    }

    /** Changes the card on a portal's page. */
    static void changeCard(String portalUrl, String card) {
        pages().submit(portalUrl + "/card", Map.of("card", card), 200);
    }

    /** Pays what is open on a portal's page. */
    static void payOpenInvoices(String portalUrl) {
        pages().submit(portalUrl + "/pay", Map.of(), 200);
    }

    private static FakePages pages() {
        return new FakePages(SharedSuite.endpoints().get("STRIPE_URL"));
    }
}
