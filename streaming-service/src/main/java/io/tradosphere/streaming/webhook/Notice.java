package io.tradosphere.streaming.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.streaming.agora.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A notice of Agora's.
 *
 * @param id Agora's id of the notice
 * @param eventType Agora's number of what happened
 * @param sentAt when Agora sent it first
 * @param channel the channel; null when it is about none
 * @param broadcastAt when the stream's broadcaster came to that channel; null when it says something else
 */
record Notice(String id, int eventType, Instant sentAt, String channel, Instant broadcastAt) {

    private static final int MAX_ID = 255;

    /** In the year 5138. */
    private static final long MAX_SECONDS = 100_000_000_000L;

    /** A broadcaster joins (103), a user of a channel without roles joins (107), a viewer becomes a broadcaster (111). */
    private static final Set<Integer> BROADCASTER_COMES = Set.of(103, 107, 111);

    /** Reads a notice; empty when the body is none. */
    static Optional<Notice> read(ObjectMapper json, byte[] body) {
        try {
            return Optional.ofNullable(json.readTree(new String(body, StandardCharsets.UTF_8)))
                    .flatMap(Notice::of);
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Notice> of(JsonNode body) {
        String id = body.path("noticeId").asText("");
        if (id.isBlank()
                || id.length() > MAX_ID
                || id.indexOf('\0') >= 0
                || !body.path("eventType").canConvertToInt()
                || !isTime(body.path("notifyMs"), 1_000 * MAX_SECONDS)) {
            return Optional.empty();
        }
        int eventType = body.path("eventType").intValue();
        JsonNode payload = body.path("payload");
        boolean comes = BROADCASTER_COMES.contains(eventType)
                && payload.path("uid").asLong() == Tokens.BROADCASTER
                && isTime(payload.path("ts"), MAX_SECONDS);
        return Optional.of(new Notice(
                id,
                eventType,
                Instant.ofEpochMilli(body.path("notifyMs").longValue()),
                channel(payload.path("channelName")),
                comes ? Instant.ofEpochSecond(payload.path("ts").longValue()) : null));
    }

    /** Null for what cannot be the name of a channel: the database takes no zero in a text. */
    private static String channel(JsonNode name) {
        String text = name.asText(null);
        return text == null || text.indexOf('\0') >= 0 ? null : text;
    }

    /** Whether a number is a time that the database can store. */
    private static boolean isTime(JsonNode number, long max) {
        return number.canConvertToLong() && number.longValue() >= 0 && number.longValue() < max;
    }
}
