package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.SliceStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The labels of the requests' metrics: whatever strangers send, there are few. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RequestMetricsTest {

    @TestHTTPResource
    URI service;

    @Inject
    MeterRegistry metrics;

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing/%s",
        "GET, /v1/profiles/%s",
        "GET, /v1/profiles/%s?x=",
        "DELETE, /v1/profiles/%s",
        "OPTIONS, /v1/profiles/%s",
        "POST, /v1/profiles/me/%s",
        "GET, /v1/profiles/me%%2F%s",
        "PUT, /q/%s",
        "STRANGE, /v1/profiles/%s",
    })
    void a_path_that_a_stranger_invents_makes_no_label(String method, String path) throws Exception {
        String invented = UUID.randomUUID().toString();

        send(method, path.formatted(invented), "");
        send(method, path.formatted(invented), "Bearer wrong");

        assertThat(labels()).noneMatch(label -> label.contains(invented));
    }

    @Test
    void a_method_that_a_stranger_invents_makes_no_label() throws Exception {
        send("INVENTED", "/v1/profiles/me", "");

        assertThat(labels()).contains("OTHER").doesNotContain("INVENTED");
    }

    @Test
    void a_request_is_counted_by_the_template_of_its_path() throws Exception {
        send("GET", "/v1/profiles/" + UUID.randomUUID(), "");

        assertThat(labels()).contains("/v1/profiles/{idOrUsername}");
    }

    private void send(String method, String path, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private Set<String> labels() {
        return metrics.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().equals("http.server.requests"))
                .flatMap(id -> id.getTags().stream())
                .map(tag -> tag.getValue())
                .collect(Collectors.toSet());
    }
}
