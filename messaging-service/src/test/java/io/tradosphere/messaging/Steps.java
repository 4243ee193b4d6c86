package io.tradosphere.messaging;

import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Steps that the tests of messages share. */
public final class Steps {

    private Steps() {}

    /** A person with a profile. */
    public static TestUser somebody() {
        return KnownProfiles.of(Tier.FREE);
    }

    /** Sends a message, which must succeed. */
    public static UUID send(TestUser sender, TestUser recipient, String content) {
        return UUID.fromString(sender.asking()
                .body(Map.of("recipientId", recipient.id(), "content", content))
                .post("/v1/messages")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    /** The status of an attempt to send a message. */
    public static int trySending(TestUser sender, TestUser recipient) {
        return sender.asking()
                .body(Map.of("recipientId", recipient.id(), "content", "hi"))
                .post("/v1/messages")
                .statusCode();
    }

    /** A person's first page of conversations. */
    public static JsonPath inbox(TestUser person) {
        return person.asking()
                .get("/v1/conversations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The contents of a person's first page of messages with somebody, or of a conversation. */
    public static List<String> contents(TestUser person, UUID peer) {
        return person.asking()
                .get("/v1/conversations/{peer}/messages", peer)
                .then()
                .statusCode(200)
                .extract()
                .path("items.content");
    }

    /** Marks all messages of somebody as read. */
    public static void readAll(TestUser reader, TestUser peer) {
        reader.asking()
                .body("{}")
                .post("/v1/conversations/{peer}/read", peer.id())
                .then()
                .statusCode(204);
    }

    /** The unread count that the inbox shows for a peer. */
    public static long unread(TestUser person, TestUser peer) {
        return inbox(person)
                .param("peer", peer.id().toString())
                .getLong("items.find { it.peer.profileId == peer }.unreadCount");
    }

    /** The number of unread rows that somebody wrote to a person. */
    public static long unreadRows(TestUser person, TestUser sender) {
        return Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM messages WHERE recipient_id = ? AND sender_id = ? AND read_at IS NULL",
                        person.id(),
                        sender.id());
    }
}
