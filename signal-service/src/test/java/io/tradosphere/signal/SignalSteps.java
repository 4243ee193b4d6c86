package io.tradosphere.signal;

import io.restassured.response.Response;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Steps shared by the tests of signals. */
public final class SignalSteps {

    private SignalSteps() {}

    /** A profile of that tier, known to the replica. */
    public static TestUser known(Tier tier) {
        TestUser person = TestUser.stranger();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO profiles (id, username, tier, incarnation, sequence) VALUES (?, ?, ?, 1, 1)",
                        person.id(),
                        TestUser.freshUsername(),
                        EnumText.of(tier));
        return person;
    }

    /** A profile that may post. */
    public static TestUser creator() {
        return known(Tier.GROW);
    }

    /** Makes a profile of that tier known to profile-service, but not to the replica. */
    public static void isKnownToProfileService(TestUser person, Tier tier) {
        Instant now = Instant.now();
        ProfileServiceDouble.knows(
                new ProfileState(
                        person.id(),
                        TestUser.freshUsername(),
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
                        now,
                        null),
                2);
    }

    /** A symbol not used before. */
    public static String freshSymbol() {
        return "T" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT) + "/USD";
    }

    /** A LONG: stop 90, entry 100, target 110. */
    public static Map<String, Object> signalFields(String symbol) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("assetSymbol", symbol);
        fields.put("assetType", "crypto");
        fields.put("direction", "LONG");
        fields.put("entryPrice", "100");
        fields.put("targetPrice", "110");
        fields.put("stopLoss", "90");
        fields.put("rationale", "because");
        return fields;
    }

    /** A signal without prices. */
    public static Map<String, Object> signalWithoutLevels() {
        return Map.of("assetSymbol", freshSymbol(), "assetType", "stocks", "direction", "LONG", "rationale", "because");
    }

    /** The response to posting a signal. */
    public static Response asksToPost(TestUser person, Map<String, ?> fields) {
        return person.asking().body(fields).post("/v1/signals");
    }

    /** A posted signal. */
    public static UUID posted(TestUser person, Map<String, ?> fields) {
        return UUID.fromString(
                asksToPost(person, fields).then().statusCode(201).extract().path("id"));
    }

    /** A LONG (stop 90, entry 100, target 110) that was posted some time ago. */
    public static UUID postedBefore(TestUser person, String symbol, int seconds) {
        UUID signal = UUID.randomUUID();
        Sql.asSuperuser().execute("""
                        INSERT INTO signals (id, creator_id, incarnation, asset_symbol, asset_type, direction, entry_price,
                          target_price, stop_loss, rationale, posted_at)
                        VALUES (?, ?, 1, ?, 'crypto', 'LONG', 100, 110, 90, 'because', now() - ? * interval '1 second')
                        """, signal, person.id(), symbol, seconds);
        return signal;
    }

    /** Stores a last price of the symbol, as of some time ago. */
    public static void lastTraded(String symbol, String price, int secondsAgo) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO last_prices (symbol, price, ticked_at) VALUES (?, ?, now() - ? * interval '1 second')",
                        symbol,
                        new BigDecimal(price),
                        secondsAgo);
    }

    /** The response to resolving a signal. */
    public static Response asksToResolve(TestUser person, UUID signal, String status, String price) {
        Map<String, Object> resolution = new HashMap<>();
        resolution.put("status", status);
        resolution.put("outcomePrice", price);
        return person.asking().body(resolution).post("/v1/signals/{id}/resolve", signal);
    }

    /** Adds a comment to a signal; returns its id. */
    public static UUID commented(TestUser person, UUID signal) {
        return UUID.fromString(person.asking()
                .body(Map.of("content", "because of what?"))
                .post("/v1/signals/{id}/comments", signal)
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** The outcome of the signal, such as {@code hit 112 market}. */
    public static String outcome(UUID signal) {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', status, trim_scale(outcome_price), outcome_source) FROM signals WHERE id = ?",
                        signal)
                .get(0)
                .toString();
    }

    /** The type URI of a problem. */
    public static String problem(String kind) {
        return "https://tradosphere.io/problems/" + kind;
    }
}
