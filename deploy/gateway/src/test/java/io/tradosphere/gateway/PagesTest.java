package io.tradosphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages that the gateway serves itself. */
@QuarkusTest
@WithTestResource(FakeServices.class)
class PagesTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    @TestHTTPResource
    URI base;

    @TestHTTPResource(management = true)
    URI management;

    @Test
    void the_root_links_to_all_pages() {
        // When
        JsonObject links = RawConnection.get(base, "/").json();
        // Then
        assertThat(links.getString("name")).isEqualTo("TradoSphere");
        links.remove("name");
        assertThat(links.getMap().values())
                .allSatisfy(path -> assertThat(
                                RawConnection.get(base, (String) path).status())
                        .isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html; charset=utf-8",
        "/docs/events, text/html; charset=utf-8",
        "/docs/problems, text/html; charset=utf-8",
        "/docs/problems/bad-path, text/html; charset=utf-8",
        "/docs/assets/swagger-ui-bundle.js, text/javascript; charset=utf-8",
        "/asyncapi.yaml, application/yaml",
        "/asyncapi.json, application/json",
        "/schemas/, application/json",
        "/schemas/profile.created.v1.json, application/schema+json"
    })
    void a_page_has_its_media_type(String path, String mediaType) {
        assertThat(RawConnection.get(base, path).header("content-type")).isEqualTo(mediaType);
    }

    @ParameterizedTest
    @CsvSource({"/docs", "/docs/problems", "/docs/events"})
    void a_page_links_only_to_what_the_gateway_itself_serves(String page) {
        Matcher links = LINK.matcher(RawConnection.get(base, page).text());
        while (links.find()) {
            assertThat(RawConnection.get(base, links.group(1)).status())
                    .as(links.group(1))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void every_problem_is_explained(ProblemKind kind) {
        assertThat(RawConnection.get(base, "/docs/problems/" + kind.id()).text())
                .contains("https://tradosphere.io/problems/" + kind.id())
                .contains("status " + kind.status());
    }

    @Test
    void an_unknown_problem_or_schema_is_an_unknown_path() {
        GatewayTest.assertProblem(RawConnection.get(base, "/docs/problems/nonsense"), "unknown-path", 404);
        GatewayTest.assertProblem(RawConnection.get(base, "/schemas/nonsense.json"), "unknown-path", 404);
    }

    @Test
    void a_page_can_only_be_read() {
        // When
        RawConnection.Response response = RawConnection.exchange(base, "POST", "/docs");
        // Then
        GatewayTest.assertProblem(response, "method-not-allowed", 405);
        assertThat(response.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void health_and_metrics_are_on_a_port_of_their_own() {
        // Given
        assertThat(RawConnection.get(base, "/v1/clans").status()).isEqualTo(200);
        URI operations = URI.create("http://" + management.getAuthority());
        // When
        RawConnection.Response ready = RawConnection.get(operations, "/q/health/ready");
        RawConnection.Response metrics = RawConnection.get(operations, "/q/metrics");
        // Then
        assertThat(ready.status()).isEqualTo(200);
        assertThat(metrics.text())
                .contains("tradosphere_gateway_requests_seconds_count{service=\"social-service\",status=\"2xx\"}")
                .contains("tradosphere_gateway_streams");
    }

    @Test
    void the_merged_document_has_the_paths_of_all_services_and_nothing_internal() {
        // When
        RawConnection.Response response = RawConnection.exchange(base, "GET", "/openapi.json");
        JsonObject document = response.json();
        // Then
        assertThat(document.getString("openapi")).isEqualTo("3.1.0");
        assertThat(document.getJsonObject("paths").fieldNames())
                .contains("/v1/profiles/{id}", "/v1/clans/{id}")
                .noneMatch(path -> path.startsWith("/internal"));
        assertThat(document.getJsonArray("servers").getJsonObject(0).getString("url"))
                .isEqualTo("/");
        assertThat(response.header("x-missing-services"))
                .contains("streaming-service")
                .doesNotContain("social-service");
        assertThat(document.getJsonArray("x-missing-services")).contains("streaming-service");
    }

    @Test
    void a_service_that_goes_down_stays_in_the_merged_document() {
        // Given
        assertThat(paths()).contains("/v1/clans/{id}");
        // When
        FakeServices.end("SOCIAL");
        try {
            // Then
            assertThat(paths()).contains("/v1/clans/{id}");
        } finally {
            FakeServices.begin("SOCIAL");
        }
    }

    private Iterable<String> paths() {
        return RawConnection.get(base, "/openapi.json")
                .json()
                .getJsonObject("paths")
                .fieldNames();
    }
}
