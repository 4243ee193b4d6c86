package io.tradosphere.platform.http;

import io.tradosphere.http.Problem;
import io.vertx.pgclient.PgException;
import java.util.Map;

/** A map from the names of constraints and unique indexes to the problems of their violations. */
public final class ConstraintProblems {

    private final Map<String, Problem> problems;

    private ConstraintProblems(Map<String, Problem> problems) {
        this.problems = problems;
    }

    /** The problems by constraint name. */
    public static ConstraintProblems of(Map<String, Problem> problems) {
        return new ConstraintProblems(Map.copyOf(problems));
    }

    /** The problem of a violation of one of these constraints; any other failure is returned unchanged. */
    public Throwable explain(Throwable failure) {
        return failure instanceof PgException pg
                        && pg.getConstraint() != null
                        && problems.containsKey(pg.getConstraint())
                ? problems.get(pg.getConstraint())
                : failure;
    }
}
