package io.tradosphere.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.http.Problem.Violation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void a_field_that_breaks_several_constraints_is_named_once_with_all_their_messages() {
        Problem problem = ProblemKind.INVALID_REQUEST.because(
                "The request has invalid fields.",
                List.of(
                        new Violation("name", "has 1 to 20 characters"),
                        new Violation("name", "has something visible"),
                        new Violation("name", "has 1 to 20 characters"),
                        new Violation("price", "is positive")));

        assertThat(problem.violations())
                .containsExactly(
                        new Violation("name", "has 1 to 20 characters; has something visible"),
                        new Violation("price", "is positive"));
    }

    @Test
    void the_first_twenty_invalid_fields_are_named() {
        Problem problem = ProblemKind.INVALID_REQUEST.because(
                "The request has invalid fields.",
                IntStream.range(0, 50)
                        .mapToObj(i -> new Violation("field" + i / 2, "message " + i))
                        .toList());

        assertThat(problem.violations())
                .hasSize(20)
                .last()
                .isEqualTo(new Violation("field19", "message 38; message 39"));
    }
}
