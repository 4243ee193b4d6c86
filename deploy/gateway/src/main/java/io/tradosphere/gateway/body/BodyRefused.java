package io.tradosphere.gateway.body;

import io.tradosphere.http.Problem;

/** A request body was refused. */
public final class BodyRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    BodyRefused(Problem problem) {
        super(problem.getMessage(), null, false, false);
        this.problem = problem;
    }

    /** The problem for the client. */
    public Problem problem() {
        return problem;
    }
}
