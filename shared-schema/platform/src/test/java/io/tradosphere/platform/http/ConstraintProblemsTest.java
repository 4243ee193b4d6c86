package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.pgclient.PgException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConstraintProblemsTest {

    private static final Problem TAKEN = ProblemKind.CONFLICT.because("Choose another name.");
    private static final ConstraintProblems PROBLEMS = ConstraintProblems.of(Map.of("names_key", TAKEN));

    @Test
    void a_violation_of_a_declared_constraint_is_its_problem() {
        assertThat(PROBLEMS.explain(violationOf("names_key"))).isSameAs(TAKEN);
    }

    @Test
    void any_other_failure_stays_what_it_is() {
        PgException other = violationOf("other_key");
        PgException without = violationOf(null);
        IllegalStateException defect = new IllegalStateException("a defect");

        assertThat(PROBLEMS.explain(other)).isSameAs(other);
        assertThat(PROBLEMS.explain(without)).isSameAs(without);
        assertThat(PROBLEMS.explain(defect)).isSameAs(defect);
    }

    private static PgException violationOf(String constraint) {
        return new PgException(
                "violated",
                "ERROR",
                "23505",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                constraint);
    }
}
