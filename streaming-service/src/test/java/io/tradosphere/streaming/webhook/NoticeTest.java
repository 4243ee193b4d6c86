package io.tradosphere.streaming.webhook;

import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.letBroadcasterBeSilent;
import static io.tradosphere.streaming.StreamSteps.start;
import static io.tradosphere.streaming.webhook.NoticeSteps.notice;
import static io.tradosphere.streaming.webhook.NoticeSteps.send;
import static io.tradosphere.streaming.webhook.NoticeSteps.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class NoticeTest {

    private static final int BROADCASTER_JOINED = 103;
    private static final int BROADCASTER_LEFT = 104;
    private static final int CHANNEL_DESTROYED = 102;

    @Test
    void a_signed_notice_of_the_broadcaster_feeds_the_stream_and_is_answered_with_json() {
        JsonPath stream = start(creator());
        letBroadcasterBeSilent(id(stream), 100);
        Instant now = Instant.now();
        String notice = UUID.randomUUID().toString();

        send(notice(notice, BROADCASTER_JOINED, channel(stream), 1, now))
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("noticeId", equalTo(notice));

        assertThat(fedAt(stream)).isEqualTo(now.getEpochSecond());
    }

    @Test
    void a_forged_notice_is_refused_and_changes_nothing() {
        JsonPath stream = start(creator());
        letBroadcasterBeSilent(id(stream), 100);
        long before = fedAt(stream);
        String body = notice("forged", BROADCASTER_JOINED, channel(stream), 1, Instant.now());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        for (String forged : List.of(
                "", "0", signature(bytes, "another secret"), signature(new byte[0], AgoraFake.NOTIFICATION_SECRET))) {
            send(body, forged).then().statusCode(401).body("type", containsString("/bad-notice-signature"));
        }
        TestUser.nobody().body(body).post("/v1/webhooks/agora").then().statusCode(401);

        assertThat(fedAt(stream)).isEqualTo(before);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM agora_notices WHERE id = 'forged'"))
                .isZero();
    }

    @Test
    void the_secret_before_the_present_one_is_accepted_while_it_is_rotated() {
        String body = notice("rotated", BROADCASTER_JOINED, "unknown", 1, Instant.now());
        String signature = signature(body.getBytes(StandardCharsets.UTF_8), AgoraFake.OLD_NOTIFICATION_SECRET);

        assertThat(send(body, signature).statusCode()).isEqualTo(200);
        assertThat(send(body, signature.toUpperCase(Locale.ROOT)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_notice_counts_once_also_when_it_comes_five_times_at_once() {
        JsonPath stream = start(creator());
        String notice = UUID.randomUUID().toString();
        Callable<Integer> once = () -> send(notice(notice, BROADCASTER_JOINED, channel(stream), 1, Instant.now()))
                .statusCode();

        assertThat(Concurrently.run(Collections.nCopies(5, once))).containsOnly(200);

        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM agora_notices WHERE id = ?", notice))
                .isEqualTo(1);
    }

    @Test
    void lost_doubled_and_reordered_notices_lead_to_the_same_state() {
        Random random = new Random(15);
        Set<String> states = new HashSet<>();
        Instant start = Instant.now().minusSeconds(60);
        for (int run = 0; run < 4; run++) {
            JsonPath stream = start(creator());
            letBroadcasterBeSilent(id(stream), 100);
            List<String> notices = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Instant at = start.plusSeconds(10L * i);
                String id = "run-" + run + "-" + UUID.randomUUID();
                notices.add(notice(id + "-joined", BROADCASTER_JOINED, channel(stream), 1, at));
                notices.add(notice(id + "-left", BROADCASTER_LEFT, channel(stream), 1, at.plusSeconds(5)));
            }
            notices.add(notice("destroyed-" + UUID.randomUUID(), CHANNEL_DESTROYED, channel(stream), 1, start));
            String last = notices.get(6);
            List<String> sent = new ArrayList<>(notices);
            sent.addAll(notices.subList(0, random.nextInt(notices.size())));
            sent.removeIf(body -> !body.equals(last) && random.nextInt(3) == 0);
            Collections.shuffle(sent, random);

            sent.forEach(body -> send(body).then().statusCode(200));

            states.add(fedAt(stream) + " "
                    + TestUser.nobody().get("/v1/streams/{id}", id(stream)).path("status"));
        }

        assertThat(states).hasSize(1);
    }

    @Test
    void a_notice_about_somebody_else_another_channel_or_anything_unknown_is_taken_and_changes_nothing() {
        JsonPath stream = start(creator());
        letBroadcasterBeSilent(id(stream), 100);
        long before = fedAt(stream);
        Instant now = Instant.now();

        for (String body : List.of(
                notice("viewer " + now, BROADCASTER_JOINED, channel(stream), 4_000_000_000L, now),
                notice("elsewhere " + now, BROADCASTER_JOINED, "test_webhook", 1, now),
                notice("unknown " + now, 9_999, channel(stream), 1, now),
                notice("far " + now, BROADCASTER_JOINED, channel(stream), 1, Instant.ofEpochSecond(99_999_999_999L))
                        .replace("\"ts\":99999999999", "\"ts\":99999999999999"),
                notice("zero " + now, BROADCASTER_JOINED, "a\\u0000b", 1, now),
                "{\"noticeId\":\"bare " + now + "\",\"eventType\":103,\"notifyMs\":1}")) {
            send(body).then().statusCode(200);
        }

        assertThat(fedAt(stream)).isEqualTo(before);
    }

    @Test
    void a_signed_body_that_is_no_notice_is_refused() {
        for (String body :
                List.of("{}", "[]", "null", "x", "{\"noticeId\":\"1\"}", "{\"noticeId\":\"\",\"eventType\":1}")) {
            send(body).then().statusCode(400);
        }
    }

    @Test
    void the_future_feeds_no_longer_than_the_present() {
        JsonPath stream = start(creator());

        send(notice(
                        UUID.randomUUID().toString(),
                        BROADCASTER_JOINED,
                        channel(stream),
                        1,
                        Instant.now().plusSeconds(3_600)))
                .then()
                .statusCode(200);

        assertThat(fedAt(stream)).isLessThan(Instant.now().plusSeconds(60).getEpochSecond());
    }

    private static UUID id(JsonPath stream) {
        return UUID.fromString(stream.getString("id"));
    }

    private static String channel(JsonPath stream) {
        return stream.getString("channel.channelId");
    }

    private static long fedAt(JsonPath stream) {
        return Sql.asSuperuser()
                .number("SELECT floor(extract(epoch FROM fed_at)) FROM streams WHERE id = ?", id(stream));
    }
}
