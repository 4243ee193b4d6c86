package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway behind a trusted reverse proxy, with allowed CORS origins. */
@QuarkusTest
@TestProfile(BehindProxyTest.Deployment.class)
@WithTestResource(FakeServices.class)
class BehindProxyTest {

    @TestHTTPResource
    URI base;

    /** An operator's configuration. */
    public static class Deployment implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tradosphere.gateway.trusted-proxies", "10.0.0.0/8,127.0.0.1",
                    "TRADOSPHERE_CORS_ORIGINS", "https://app.example,http://localhost:*");
        }
    }

    @Test
    void the_proxys_forwarding_headers_are_passed_on_with_its_own_address() {
        // When
        var headers = RawConnection.get(
                        base,
                        "/v1/clans",
                        "X-Forwarded-For: 203.0.113.7",
                        "X-Forwarded-Host: api.example",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Prefix: /evil")
                .json()
                .getJsonObject("headers");
        // Then
        assertThat(headers.getJsonArray("x-forwarded-for")).containsExactly("203.0.113.7, 127.0.0.1");
        assertThat(headers.getJsonArray("x-forwarded-host")).containsExactly("api.example");
        assertThat(headers.getJsonArray("x-forwarded-proto")).containsExactly("https");
        assertThat(headers.getJsonArray("x-forwarded-prefix")).isNull();
        assertThat(headers.getJsonArray("x-real-ip")).containsExactly("203.0.113.7");
    }

    @Test
    void the_merged_document_names_the_address_clients_use() {
        // When
        RawConnection.Response response =
                RawConnection.get(base, "/openapi.json", "X-Forwarded-Host: api.example", "X-Forwarded-Proto: https");
        // Then
        assertThat(response.json().getJsonArray("servers").getJsonObject(0).getString("url"))
                .isEqualTo("https://api.example");
    }

    @Test
    void a_browser_of_an_allowed_site_may_ask_and_any_other_may_not() {
        // When
        RawConnection.Response allowed = preflight("https://app.example");
        RawConnection.Response other = preflight("https://evil.example");
        // Then
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(allowed.header("access-control-allow-methods")).contains("PATCH");
        assertThat(allowed.header("access-control-allow-headers")).contains("Authorization", "If-Match", "Idempotency");
        assertThat(allowed.header("access-control-max-age")).isEqualTo("7200");
        assertThat(allowed.header("vary")).contains("Origin");
        assertThat(other.header("access-control-allow-origin")).isNull();
        assertThat(other.header("vary")).contains("Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, true",
        "http://localhost:5173, true",
        "http://localhost, true",
        "http://localhost.evil.example:80, false",
        "http://localhost:80.evil.example, false",
        "https://localhost:5173, false",
        "https://app.example:8443, false",
        "https://evil.example, false",
        "null, false"
    })
    void a_script_may_read_responses_if_its_origin_is_allowed(String origin, boolean allowed) {
        // When
        RawConnection.Response response = RawConnection.get(base, "/v1/clans", "Origin: " + origin);
        RawConnection.Response problem = RawConnection.get(base, "/nowhere", "Origin: " + origin);
        // Then
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("access-control-allow-origin")).isEqualTo(allowed ? origin : null);
        assertThat(problem.header("access-control-allow-origin")).isEqualTo(allowed ? origin : null);
        assertThat(response.header("vary")).contains("Origin");
        if (allowed) {
            assertThat(response.header("access-control-expose-headers"))
                    .contains("ETag", "Location", "Link", "RateLimit", "Retry-After", "X-Request-Id");
        }
    }

    @Test
    void options_of_other_programs_reach_the_service() {
        assertThat(RawConnection.exchange(base, "OPTIONS", "/v1/clans").json().getString("method"))
                .isEqualTo("OPTIONS");
    }

    private RawConnection.Response preflight(String origin) {
        return RawConnection.exchange(
                base,
                "OPTIONS",
                "/v1/clans",
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization");
    }
}
