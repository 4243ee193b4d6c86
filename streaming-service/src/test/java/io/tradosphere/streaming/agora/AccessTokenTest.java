package io.tradosphere.streaming.agora;

import static org.assertj.core.api.Assertions.assertThat;

import io.agora.media.AccessToken2;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are checked with Agora's own library. */
class AccessTokenTest {

    private static final String APP_ID = "970ca35de60c44645bbae8a215061b33";
    private static final String CERTIFICATE = "5cfd2fd1755d40ecb72977518be15d3b";
    private static final Instant ISSUED = Instant.parse("2026-11-22T20:15:30Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 0x7FFF_FFFFL, 0xFFFF_FFFFL})
    void agora_reads_channel_user_and_times_from_a_token(long user) {
        AccessToken2 read = read(new AccessToken("a channel", user, AgoraRole.SUBSCRIBER, ISSUED, HOUR, 12));

        assertThat(read.appId).isEqualTo(APP_ID);
        assertThat(read.issueTs).isEqualTo((int) ISSUED.getEpochSecond());
        assertThat(read.expire).isEqualTo(3_600);
        assertThat(read.salt).isEqualTo(12);
        AccessToken2.ServiceRtc service = (AccessToken2.ServiceRtc) read.services.get(AccessToken2.SERVICE_TYPE_RTC);
        assertThat(service.getChannelName()).isEqualTo("a channel");
        assertThat(service.getUid()).isEqualTo(String.valueOf(user));
    }

    @Test
    void a_publisher_may_join_and_publish_and_a_subscriber_only_join() {
        assertThat(privileges(AgoraRole.PUBLISHER))
                .isEqualTo(Map.of((short) 1, 3_600, (short) 2, 3_600, (short) 3, 3_600, (short) 4, 3_600));
        assertThat(privileges(AgoraRole.SUBSCRIBER)).isEqualTo(Map.of((short) 1, 3_600));
    }

    @Test
    void the_token_is_the_one_that_agora_builds() throws Exception {
        for (AgoraRole role : AgoraRole.values()) {
            AccessToken2 theirs = new AccessToken2(APP_ID, CERTIFICATE, 3_600);
            theirs.issueTs = (int) ISSUED.getEpochSecond();
            theirs.salt = 0x7654_3210;
            AccessToken2.ServiceRtc service = new AccessToken2.ServiceRtc("channel", "4294967295");
            role.privileges().forEach(privilege -> service.getPrivileges().put(privilege.shortValue(), 3_600));
            theirs.addService(service);

            String ours =
                    new AccessToken("channel", 0xFFFF_FFFFL, role, ISSUED, HOUR, 0x7654_3210).sign(APP_ID, CERTIFICATE);

            assertThat(ours).isEqualTo(theirs.build());
        }
    }

    @Test
    void another_certificate_or_salt_makes_another_token() {
        AccessToken token = new AccessToken("channel", 1, AgoraRole.PUBLISHER, ISSUED, HOUR, 1);

        assertThat(token.sign(APP_ID, CERTIFICATE))
                .isNotEqualTo(token.sign(APP_ID, APP_ID))
                .isNotEqualTo(
                        new AccessToken("channel", 1, AgoraRole.PUBLISHER, ISSUED, HOUR, 2).sign(APP_ID, CERTIFICATE));
    }

    private static Map<Short, Integer> privileges(AgoraRole role) {
        return read(new AccessToken("channel", 1, role, ISSUED, HOUR, 1))
                .services
                .get(AccessToken2.SERVICE_TYPE_RTC)
                .getPrivileges();
    }

    private static AccessToken2 read(AccessToken token) {
        AccessToken2 read = new AccessToken2();
        assertThat(read.parse(token.sign(APP_ID, CERTIFICATE))).isTrue();
        return read;
    }
}
