package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.EventStream;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** The demo's messages, receipts and notifications, with an event stream that brings them. It follows the other chapters. */
final class MessageChapter {

    private static final int UNFOLLOWED = 3;

    private final DemoScript script;
    private final String gateway;

    /** What mira's event stream has brought: names of events with the ids of messages. */
    private final Set<String> brought = ConcurrentHashMap.newKeySet();

    /** @param gateway the gateway's URL, for the event stream */
    MessageChapter(DemoScript script, String gateway) {
        this.script = script;
        this.gateway = gateway;
    }

    void play() {
        script.chapter("vega writes to mira, whose event stream is open");
        EventStream stream = new EventStream(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                gateway,
                script.token("mira"),
                (name, data) -> brought.add(name + " " + data.path("id").asText()));
        stream.open();
        try {
            script.expect("mira's event stream has begun", stream::hasBegun);
            messages();
        } finally {
            stream.close();
        }
        notifications();
    }

    private void messages() {
        String wrong = write("Wrong chat");
        String question = write("Long BTC?");
        script.expect(
                "the stream brings both messages",
                () -> brought.containsAll(Set.of("message " + wrong, "message " + question)));
        script.check(
                "mira's badge says two unread",
                conversation("mira").path("unreadCount").asInt() == 2);
        script.request("DELETE", "/v1/messages/" + wrong, script.token("vega"), null, "delete a message");
        script.expect("the stream says that one was deleted", () -> brought.contains("message-deleted " + wrong));
        script.check(
                "mira's badge says one unread",
                conversation("mira").path("unreadCount").asInt() == 1);
        script.request(
                "POST",
                "/v1/conversations/" + script.id("vega") + "/read",
                script.token("mira"),
                "{}",
                "mark a conversation as read");
        script.check(
                "vega sees that mira has read it",
                conversation("vega").at("/lastMessage/readAt").isTextual());
        script.request(
                "PUT",
                "/v1/notifications/preferences",
                script.token("fan5"),
                "{\"whoMayWrite\":\"nobody\"}",
                "set preferences");
        script.check(
                "fan5 lets nobody write (403)",
                script.status("POST", "/v1/messages", script.token("vega"), message("fan5", "Hello")) == 403);
    }

    private void notifications() {
        script.chapter("Notifications: one for all followers, and an invitation that ends");
        int followers = CommunityChapter.FANS + 1 - UNFOLLOWED;
        script.expect(
                "one unread notification tells vega of " + followers + " followers",
                () -> notification("vega", "follower").path("count").asInt() == followers);
        script.expect(
                "fan4 was told that vega is live",
                () -> notification("fan4", "creator-live")
                        .path("title")
                        .asText()
                        .equals("Vega Capital is live"));
        String clan = "/v1/clans/"
                + script.request("GET", "/v1/clans?q=Night%20Desk%20" + script.run(), null, null, "find the clan")
                        .at("/items/0/id")
                        .asText();
        script.request(
                "PUT",
                clan + "/members/" + script.id("fan4"),
                script.token("mira"),
                "{\"role\":\"member\"}",
                "invite fan4");
        script.expect(
                "fan4 is told of mira's invitation",
                () -> notification("fan4", "invitation")
                        .path("title")
                        .asText()
                        .equals("You are invited to a clan by Mira"));
        script.request("POST", clan + "/invitation/accept", script.token("fan4"), null, "accept the invitation");
        script.expect(
                "the notification of the accepted invitation is gone",
                () -> notification("fan4", "invitation").isMissingNode());
    }

    private String write(String text) {
        return script.request("POST", "/v1/messages", script.token("vega"), message("mira", text), "write to mira")
                .path("id")
                .asText();
    }

    private String message(String recipient, String text) {
        return "{\"recipientId\":\"" + script.id(recipient) + "\",\"content\":\"" + text + "\"}";
    }

    /** The one conversation of vega and mira, as one of them sees it. */
    private JsonNode conversation(String name) {
        return script.request("GET", "/v1/conversations", script.token(name), null, "list conversations")
                .at("/items/0");
    }

    /** Somebody's unread notification of a type; a missing node without one. */
    private JsonNode notification(String name, String type) {
        JsonNode unread = script.request(
                "GET", "/v1/notifications?unread=true&limit=100", script.token(name), null, "list notifications");
        return StreamSupport.stream(unread.path("items").spliterator(), false)
                .filter(notification -> notification.path("type").asText().equals(type))
                .findFirst()
                .orElseGet(() -> unread.at("/none"));
    }
}
