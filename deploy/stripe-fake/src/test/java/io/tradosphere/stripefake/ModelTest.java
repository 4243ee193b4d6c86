package io.tradosphere.stripefake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.annotations.SerializedName;
import com.stripe.model.EventDataClassLookup;
import io.tradosphere.stripefake.state.Json;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The fake's documents against stripe-java's model classes. */
class ModelTest {

    @Test
    void no_object_has_a_member_that_stripes_library_does_not_know() throws Exception {
        try (Stripe stripe = Stripe.start()) {
            // Given a life with most kinds of objects
            Scenario.everything(stripe);

            // When
            Set<String> unknown = new TreeSet<>();
            Set<String> seen = new HashSet<>();
            String after = "";
            boolean more = true;
            while (more) {
                JsonNode page = Json.parse(stripe.send(
                                "/v1/events?limit=100" + after,
                                "GET",
                                "text/plain",
                                "",
                                "Authorization",
                                "Bearer sk_test_a")
                        .body());
                for (JsonNode event : page.get("data")) {
                    after = "&starting_after=" + event.get("id").asText();
                    check(event.path("data").path("object"), unknown, seen);
                }
                more = page.get("has_more").asBoolean();
            }

            // Then
            assertThat(unknown).isEmpty();
            assertThat(seen)
                    .contains(
                            "customer",
                            "subscription",
                            "invoice",
                            "payment_intent",
                            "charge",
                            "price",
                            "product",
                            "refund",
                            "dispute",
                            "transfer",
                            "application_fee",
                            "checkout.session",
                            "billing_portal.session",
                            "invoiceitem",
                            "payment_method");
        }
    }

    private static void check(JsonNode object, Set<String> unknown, Set<String> seen) {
        String type = object.path("object").asText();
        Class<?> model = EventDataClassLookup.classLookup.get(type);
        if (model != null) {
            seen.add(type);
            Set<String> known = new HashSet<>();
            for (Class<?> at = model; at != null; at = at.getSuperclass()) {
                for (Field field : at.getDeclaredFields()) {
                    SerializedName name = field.getAnnotation(SerializedName.class);
                    if (name != null) {
                        known.add(name.value());
                    }
                }
            }
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!known.contains(member.getKey())) {
                    unknown.add(type + "." + member.getKey());
                }
            }
        }
        object.forEach(member -> check(member, unknown, seen));
    }
}
