package io.tradosphere.billing.life;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.billing.Http;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * How a life with tiers ended: what the API and the events have to say of it, or do say. The tier that somebody has is the
 * one that their last invoice was for. Nothing but that and Stripe's status counts.
 *
 * @param counts the tier of the profile
 * @param tier the tier of the present period
 * @param next the tier of the next period; null when it is the same, or when there is none
 * @param told the tier that is held, by the events
 */
record TierEnd(
        String counts,
        String tier,
        String next,
        String status,
        Instant periodEnd,
        boolean cancelAtPeriodEnd,
        Instant heldUntil,
        String told) {

    /** What the API and the events say. */
    static TierEnd shown(TierLife life, String told) {
        JsonNode own = Http.api(life.person(), "GET", "/v1/tiers/me").body();
        String counts = own.path("tier").asText();
        JsonNode purchase = own.path("purchase");
        return purchase.isNull()
                ? new TierEnd(counts, "none", null, "none", null, false, null, told)
                : new TierEnd(
                        counts,
                        purchase.path("tier").asText(),
                        purchase.path("nextTier").textValue(),
                        purchase.path("status").asText(),
                        Instant.parse(purchase.path("currentPeriodEnd").asText()),
                        purchase.path("cancelAtPeriodEnd").asBoolean(),
                        Instant.parse(purchase.path("heldUntil").asText()),
                        told);
    }

    /** What follows from Stripe's objects of this person. */
    static TierEnd atStripe(TierLife life) {
        String granted = life.granted().name().toLowerCase(Locale.ROOT);
        return AtStripe.lastOf(life.customer(), life)
                .map(last -> {
                    String tier = lastInvoiced(last.id());
                    String priced = ofPrice(last.price());
                    boolean goesOn = last.isLive() && !last.ends();
                    boolean held = last.isLive() && last.accessUntil().isAfter(Instant.now());
                    return new TierEnd(
                            granted,
                            tier,
                            goesOn && !priced.equals(tier) ? priced : null,
                            last.status(),
                            last.periodEnd(),
                            last.ends(),
                            last.accessUntil(),
                            held ? tier : "none");
                })
                .orElseGet(() -> new TierEnd(granted, "none", null, "none", null, false, null, "none"));
    }

    /** Of the change to a higher tier, the invoice has a line that gives the lower one back. */
    private static String lastInvoiced(String subscription) {
        JsonNode lines = Http.stripe("/v1/invoices?limit=1&subscription=" + subscription)
                .data()
                .get(0)
                .path("lines")
                .path("data");
        String price = StreamSupport.stream(lines.spliterator(), false)
                .max(Comparator.comparingLong(line -> line.path("amount").asLong()))
                .orElseThrow()
                .path("pricing")
                .path("price_details")
                .path("price")
                .asText();
        return ofPrice(price);
    }

    private static String ofPrice(String price) {
        return Http.stripe("/v1/prices/" + price)
                .body()
                .path("metadata")
                .path("tradosphere_tier")
                .asText();
    }
}
