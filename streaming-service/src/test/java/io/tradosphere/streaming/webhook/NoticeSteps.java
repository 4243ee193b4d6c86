package io.tradosphere.streaming.webhook;

import io.restassured.response.Response;
import io.tradosphere.platform.text.Hmac;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.test.TestUser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Notices as Agora sends them. */
public final class NoticeSteps {

    private NoticeSteps() {}

    /** The body of a notice about a user of a channel. */
    static String notice(String id, int eventType, String channel, long user, Instant at) {
        return """
                {"noticeId":"%s","productId":1,"eventType":%d,"notifyMs":%d,
                 "payload":{"channelName":"%s","uid":%d,"ts":%d,"clientSeq":1625051030746,"platform":1}}
                """.formatted(id, eventType, at.toEpochMilli(), channel, user, at.getEpochSecond());
    }

    /** Sends a body, signed. */
    static Response send(String body) {
        return send(body, signature(body.getBytes(StandardCharsets.UTF_8), AgoraFake.NOTIFICATION_SECRET));
    }

    /** Sends a body with a signature. */
    static Response send(String body, String signature) {
        return TestUser.nobody()
                .header("Agora-Signature-V2", signature)
                .body(body)
                .post("/v1/webhooks/agora");
    }

    /** The signature of a body. */
    public static String signature(byte[] body, String secret) {
        return Hmac.hex(secret, body);
    }
}
