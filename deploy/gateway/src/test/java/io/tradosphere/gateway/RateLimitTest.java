package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway with rate limits, behind a trusted proxy, so that a test can have any address. */
@QuarkusTest
@TestProfile(RateLimitTest.Deployment.class)
@WithTestResource(FakeServices.class)
class RateLimitTest {

    @TestHTTPResource
    URI base;

    /** An operator's configuration with low limits. */
    public static class Deployment implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>();
            config.put("tradosphere.gateway.trusted-proxies", "127.0.0.1");
            config.put("tradosphere.gateway.rate-limit.mode", "on");
            config.put("tradosphere.gateway.rate-limit.reads", "10");
            config.put("tradosphere.gateway.rate-limit.writes", "5");
            config.put("tradosphere.gateway.rate-limit.anonymous-reads", "6");
            config.put("tradosphere.gateway.rate-limit.anonymous-writes", "4");
            config.put("tradosphere.gateway.rate-limit.anonymous-views", "3");
            config.put("tradosphere.gateway.rate-limit.address", "30");
            return config;
        }
    }

    @Test
    void a_token_has_a_limit_of_reads_and_the_headers_say_so() {
        // When
        RawConnection.Response first = send("GET", "/v1/clans", "10.0.0.1", "alice");
        int allowed = 1 + allowed(20, "GET", "/v1/clans", "10.0.0.1", "alice");
        RawConnection.Response refused = send("GET", "/v1/clans", "10.0.0.1", "alice");
        // Then
        assertThat(first.header("ratelimit-policy")).isEqualTo("\"reads\";q=10;w=60");
        assertThat(first.header("ratelimit")).matches("\"reads\";r=9;t=\\d+");
        assertThat(allowed).isBetween(10, 12);
        GatewayTest.assertProblem(refused, "rate-limited", 429);
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 6);
        assertThat(refused.header("ratelimit")).startsWith("\"reads\";r=0;t=");
    }

    @Test
    void writes_of_a_token_have_a_stricter_limit_of_their_own() {
        // When
        int writes = allowed(20, "POST", "/v1/clans", "10.0.0.2", "bob");
        RawConnection.Response read = send("GET", "/v1/clans", "10.0.0.2", "bob");
        // Then
        assertThat(writes).isBetween(5, 6);
        assertThat(read.status()).isEqualTo(200);
    }

    @Test
    void requests_without_a_token_are_limited_by_address() {
        // When
        int reads = allowed(20, "GET", "/v1/clans", "10.0.0.3", null);
        int writes = allowed(20, "DELETE", "/v1/clans", "10.0.0.3", null);
        int views = allowed(20, "POST", "/v1/signals/7/views", "10.0.0.3", null);
        RawConnection.Response elsewhere = send("GET", "/v1/clans", "10.0.0.4", null);
        // Then
        assertThat(reads).isBetween(6, 7);
        assertThat(writes).isBetween(4, 5);
        assertThat(views).isBetween(3, 4);
        assertThat(elsewhere.status()).isEqualTo(200);
    }

    @Test
    void invented_tokens_share_the_limit_of_their_address() {
        // When
        int allowed = 0;
        for (int i = 0; i < 50; i++) {
            allowed += send("GET", "/v1/clans", "10.0.0.5", "invented" + i).status() == 200 ? 1 : 0;
        }
        // Then
        assertThat(allowed).isBetween(30, 45);
    }

    @Test
    void an_address_that_a_client_forges_does_not_count() {
        // When the trusted proxy appended the client's address to what the client sent
        int allowed = 0;
        for (int i = 0; i < 20; i++) {
            allowed +=
                    send("GET", "/v1/clans", "6.6.6." + i + ", 10.0.0.6", null).status() == 200 ? 1 : 0;
        }
        // Then
        assertThat(allowed).isBetween(6, 8);
    }

    @Test
    void webhooks_are_not_limited_here() {
        for (int i = 0; i < 40; i++) {
            RawConnection.Response response = send("POST", "/v1/webhooks/stripe", "10.0.0.7", null);
            assertThat(response.status()).as(response.text()).isEqualTo(200);
        }
    }

    @Test
    void a_limit_ends_by_itself() {
        // Given
        allowed(10, "POST", "/v1/signals/8/views", "10.0.0.8", null);
        // Then
        await("3 a minute")
                .atMost(java.time.Duration.ofSeconds(60))
                .pollInterval(java.time.Duration.ofSeconds(2))
                .until(() ->
                        send("POST", "/v1/signals/8/views", "10.0.0.8", null).status() == 200);
    }

    private int allowed(int requests, String method, String path, String address, String token) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += send(method, path, address, token).status() == 200 ? 1 : 0;
        }
        return allowed;
    }

    private RawConnection.Response send(String method, String path, String address, String token) {
        List<String> headers = new ArrayList<>(List.of("X-Forwarded-For: " + address));
        if (token != null) {
            headers.add("Authorization: Bearer " + token);
        }
        return RawConnection.exchange(base, method, path, headers.toArray(String[]::new));
    }
}
