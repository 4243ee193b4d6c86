package io.tradosphere.billing.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of an event of Stripe's: that an object changed.
 *
 * @param objectId null when the object has no id
 * @param objectType null when the object has no type
 * @param account the connected account that it happened in; null for the platform's own
 * @param apiVersion the API version of the payload, which is not stored; null when unknown
 */
public record StripeNotice(
        String id,
        String type,
        String objectId,
        String objectType,
        String account,
        String apiVersion,
        Instant occurredAt) {

    private static final int LONGEST = 255;

    /** Reads an event's body; empty when it is none. */
    public static Optional<StripeNotice> read(ObjectMapper json, String body) {
        try {
            JsonNode event = json.readTree(body);
            JsonNode object = event.path("data").path("object");
            String id = text(event, "id");
            String type = text(event, "type");
            boolean complete = "event".equals(text(event, "object"))
                    && id != null
                    && type != null
                    && event.path("created").isIntegralNumber()
                    && event.path("created").canConvertToInt();
            return complete
                    ? Optional.of(new StripeNotice(
                            id,
                            type,
                            text(object, "id"),
                            text(object, "object"),
                            text(event, "account"),
                            text(event, "api_version"),
                            Instant.ofEpochSecond(event.path("created").asLong())))
                    : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).isTextual() ? node.path(field).asText() : "";
        return text.isEmpty() || text.length() > LONGEST || text.indexOf('\0') >= 0 ? null : text;
    }
}
