package io.tradosphere.signal;

import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.platform.people.Tiers;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What tests of signals do before what they test. */
public final class SignalSteps {

    private SignalSteps() {}

    /** Somebody of that tier whom the slice knows. */
    public static Person known(Tier tier) {
        Person person = Person.stranger();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO profiles (id, username, tier, incarnation, sequence) VALUES (?, ?, ?, 1, 1)",
                        person.id(),
                        Person.freshUsername(),
                        Tiers.text(tier));
        return person;
    }

    /** Somebody who may post. */
    public static Person creator() {
        return known(Tier.GROW);
    }

    /** Makes profile-service know somebody of that tier, of whom the slice has not heard. */
    public static void isKnownToProfileService(Person person, Tier tier) {
        Instant now = Instant.now();
        ProfileServiceDouble.knows(
                new ProfileState(
                        person.id(),
                        Person.freshUsername(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        tier,
                        now,
                        1,
                        now),
                2);
    }

    /** A symbol that nobody has used. */
    public static String freshSymbol() {
        return "T" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT) + "/USD";
    }

    /** A LONG: stop 90, entry 100, target 110. */
    public static Map<String, Object> call(String symbol) {
        Map<String, Object> call = new HashMap<>();
        call.put("assetSymbol", symbol);
        call.put("assetType", "crypto");
        call.put("direction", "LONG");
        call.put("entryPrice", "100");
        call.put("targetPrice", "110");
        call.put("stopLoss", "90");
        call.put("rationale", "because");
        return call;
    }

    /** A call without any price. */
    public static Map<String, Object> callWithoutLevels() {
        return Map.of("assetSymbol", freshSymbol(), "assetType", "stocks", "direction", "LONG", "rationale", "because");
    }

    /** The answer to posting a call. */
    public static Response asksToPost(Person person, Map<String, ?> call) {
        return person.asking().body(call).post("/v1/signals");
    }

    /** A posted signal. */
    public static UUID posted(Person person, Map<String, ?> call) {
        return UUID.fromString(
                asksToPost(person, call).then().statusCode(201).extract().path("id"));
    }

    /** A LONG (stop 90, entry 100, target 110) that was posted some time ago. */
    public static UUID postedBefore(Person person, String symbol, int seconds) {
        UUID signal = UUID.randomUUID();
        Sql.asSuperuser().execute("""
                        INSERT INTO signals (id, creator_id, incarnation, asset_symbol, asset_type, direction, entry_price,
                          target_price, stop_loss, rationale, posted_at)
                        VALUES (?, ?, 1, ?, 'crypto', 'LONG', 100, 110, 90, 'because', now() - ? * interval '1 second')
                        """, signal, person.id(), symbol, seconds);
        return signal;
    }

    /** Makes a price the symbol's last, as of some time ago. */
    public static void lastTraded(String symbol, String price, int secondsAgo) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO last_prices (symbol, price, ticked_at) VALUES (?, ?, now() - ? * interval '1 second')",
                        symbol,
                        new BigDecimal(price),
                        secondsAgo);
    }

    /** The answer to deciding a signal. */
    public static Response asksToResolve(Person person, UUID signal, String status, String price) {
        Map<String, Object> resolution = new HashMap<>();
        resolution.put("status", status);
        resolution.put("outcomePrice", price);
        return person.asking().body(resolution).post("/v1/signals/{id}/resolve", signal);
    }

    /** A comment of somebody's on a signal. */
    public static UUID commented(Person person, UUID signal) {
        return UUID.fromString(person.asking()
                .body(Map.of("content", "because of what?"))
                .post("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** What the signal came to, such as {@code hit 112 market}. */
    public static String outcome(UUID signal) {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', status, trim_scale(outcome_price), outcome_source) FROM signals WHERE id = ?",
                        signal)
                .get(0)
                .toString();
    }

    /** The URI of a kind of problem. */
    public static String problem(String kind) {
        return "https://tradosphere.io/problems/" + kind;
    }
}
