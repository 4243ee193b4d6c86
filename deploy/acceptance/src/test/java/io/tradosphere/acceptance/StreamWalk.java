package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;

/** The calls of a walk that are about one live stream. */
final class StreamWalk {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NEW_STREAM = """
            {"title":"Bitcoin at noon","description":"The daily chart","category":"analysis","currentSymbol":"BTC/USD"}""";

    private final OperationWalk walk;
    private final Client creator;
    private final Client viewer;
    private final Client anyone = Client.anonymous();
    private final String stream;
    private final String channel;

    /** Starts the stream. */
    StreamWalk(OperationWalk walk, Client creator, Client viewer) {
        this.walk = walk;
        this.creator = creator;
        this.viewer = viewer;
        this.stream = walk.send(201, creator, "POST /v1/streams", NEW_STREAM)
                .path("id")
                .asText();
        this.channel = walk.call(201, creator, "POST /v1/streams/{streamId}/token", stream)
                .path("channelId")
                .asText();
    }

    void watched() {
        walk.send(409, creator, "POST /v1/streams", NEW_STREAM);
        walk.call(200, anyone, "GET /v1/streams?status=live");
        walk.send(200, creator, "PATCH /v1/streams/{streamId}", "{\"currentSymbol\":null}", stream);
        walk.call(201, viewer, "POST /v1/streams/{streamId}/token", stream);
        walk.call(204, viewer, "POST /v1/streams/{streamId}/viewers", stream);
        await().atMost(TIMEOUT)
                .until(() -> walk.call(200, anyone, "GET /v1/streams/{streamId}", stream)
                                .path("currentViewers")
                                .asInt()
                        == 1);
        walk.call(204, viewer, "DELETE /v1/streams/{streamId}/viewers", stream);
    }

    /** The suite has no Agora to record with. */
    void recording() {
        walk.call(403, viewer, "POST /v1/streams/{streamId}/recording", stream);
        walk.call(503, creator, "POST /v1/streams/{streamId}/recording", stream);
        walk.call(204, creator, "DELETE /v1/streams/{streamId}/recording", stream);
    }

    /**
     * Agora's notice that the creator has come to the channel. The body is compact, because the proxy writes JSON anew and the
     * signature is over its bytes.
     *
     * @param notice the id of the notice
     */
    void webhook(String notice) {
        long now = Instant.now().toEpochMilli();
        String body =
                "{\"noticeId\":\"%s\",\"eventType\":103,\"notifyMs\":%d,\"payload\":{\"channelName\":\"%s\",\"uid\":1,\"ts\":%d}}"
                        .formatted(notice, now, channel, now / 1_000);
        String webhook = "POST /v1/webhooks/agora";
        walk.send(401, anyone, webhook, body);
        walk.sendWith("Agora-Signature-V2", WebhookSignatures.agora(body), 200, anyone, webhook, body);
    }

    void ended() {
        walk.call(200, creator, "POST /v1/streams/{streamId}/end", stream);
        walk.call(409, viewer, "POST /v1/streams/{streamId}/viewers", stream);
    }
}
