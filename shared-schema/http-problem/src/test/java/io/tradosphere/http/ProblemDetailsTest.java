package io.tradosphere.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemDetailsTest {

    @Test
    void the_body_has_the_kind_and_the_occurrence() throws Exception {
        Problem problem = ProblemKind.BLOCKED.because("This profile has blocked you.");

        String json = ProblemDetails.of(problem, "/v1/follows/x?y=1", "some-id").toJson();

        assertThat(new ObjectMapper().readTree(json)).isEqualTo(new ObjectMapper().readTree("""
                {"type": "https://tradosphere.io/problems/blocked", "title": "One of the two profiles has blocked the other",
                 "status": 403, "detail": "This profile has blocked you.", "instance": "/v1/follows/x", "requestId": "some-id"}
                """));
    }

    @Test
    void a_long_field_name_is_shortened() {
        Problem problem = ProblemKind.INVALID_REQUEST.because(
                "The request has invalid fields.", List.of(new Problem.Violation("f".repeat(1_000), "is required")));

        assertThat(problem.violations().get(0).field()).hasSize(201).endsWith("…");
    }

    @Test
    void the_instance_is_a_uri_reference_whatever_the_client_sent() {
        Problem problem = ProblemKind.BAD_PATH.because("Use plain segments.");

        assertThat(ProblemDetails.of(problem, "/v1/{a}\"é\uD83D\uDE00", "id").instance())
                .isEqualTo("/v1/%7Ba%7D%22%C3%A9%F0%9F%98%80");
    }

    @Test
    void a_problem_has_the_headers_of_its_kind() {
        assertThat(ProblemKind.BUSY.because("Retry shortly.").headers()).containsEntry("Retry-After", "1");
        assertThat(ProblemKind.BUSY
                        .because("Retry shortly.")
                        .withHeader("Retry-After", "5")
                        .headers())
                .containsOnly(org.assertj.core.api.Assertions.entry("Retry-After", "5"));
    }
}
