package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemDetails;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.telemetry.RequestRoute;
import io.vertx.pgclient.PgException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Exception mappers: every exception of a request becomes problem details. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private static final Map<Integer, ProblemKind> BY_STATUS = Map.of(
            400, ProblemKind.INVALID_REQUEST,
            401, ProblemKind.UNAUTHENTICATED,
            403, ProblemKind.FORBIDDEN,
            404, ProblemKind.NOT_FOUND,
            405, ProblemKind.METHOD_NOT_ALLOWED,
            406, ProblemKind.NOT_ACCEPTABLE,
            413, ProblemKind.BODY_TOO_LARGE,
            415, ProblemKind.UNSUPPORTED_MEDIA_TYPE);

    private final CurrentVertxRequest current;

    ProblemMappers(CurrentVertxRequest current) {
        this.current = current;
    }

    @ServerExceptionMapper
    Response problem(Problem problem, UriInfo uri) {
        String requestId = RequestIds.of(current.getCurrent());
        ProblemDetails details = ProblemDetails.of(problem, uri.getRequestUri().getRawPath(), requestId);
        Response.ResponseBuilder response =
                Response.status(details.status()).entity(details.toJson()).type(ProblemDetails.MEDIA_TYPE);
        problem.headers().forEach(response::header);
        return response.build();
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException invalid, UriInfo uri) {
        List<Violation> violations = invalid.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                .toList();
        return problem(ProblemKind.INVALID_REQUEST.because("The request has invalid fields.", violations), uri);
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException mismatch, UriInfo uri) {
        return problem(JsonErrors.problem(mismatch), uri);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException error, UriInfo uri) {
        return problem(JsonErrors.problem(error), uri);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refusal, UriInfo uri) {
        for (Throwable cause = refusal.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem(problem, uri);
            }
            if (cause instanceof JsonProcessingException error) {
                return problem(JsonErrors.problem(error), uri);
            }
        }
        int status = refusal.getResponse().getStatus();
        ProblemKind kind = BY_STATUS.get(status);
        if (kind == null) {
            return defect(refusal, uri);
        }
        return problem(explained(kind), uri);
    }

    @ServerExceptionMapper
    Response defect(Throwable failure, UriInfo uri) {
        if (current.getCurrent().response().closed()) {
            // An upload that breaks off is no failure of the service, and nothing reads this response.
            LOG.debugf("The client closed the connection of a request to %s", route());
            return problem(ProblemKind.MALFORMED_BODY.because("The connection was closed."), uri);
        }
        return switch (SqlFailure.of(failure)) {
            case UNAVAILABLE -> {
                LOG.warnf("The database is unavailable: %s", failure.getMessage());
                yield problem(
                        ProblemKind.DATABASE_AWAY.because(
                                "The outcome of this request is unknown. Retry shortly; retry a POST with the same Idempotency-Key."),
                        uri);
            }
            case BUSY -> problem(ProblemKind.BUSY.because("Nothing was changed; retry shortly."), uri);
            case REFUSED -> refusedByDatabase(failure, uri);
            case OTHER -> {
                LOG.errorf(failure, "Unexpected failure of a request to %s", route());
                yield problem(ProblemKind.INTERNAL.because("An unexpected error occurred; it has been logged."), uri);
            }
        };
    }

    private Response refusedByDatabase(Throwable failure, UriInfo uri) {
        PgException refusal = failure instanceof PgException pg ? pg : null;
        // PostgreSQL's message quotes values, which may be a person's.
        LOG.infof(
                "The database refused a request to %s: %s",
                route(),
                refusal == null
                        ? failure.getClass().getName()
                        : "SQLSTATE " + refusal.getSqlState() + ", constraint " + refusal.getConstraint());
        boolean unstorable = refusal != null && refusal.getSqlState().startsWith("22");
        return unstorable
                ? problem(
                        ProblemKind.INVALID_REQUEST.because(
                                "The request has a value that cannot be stored, such as a NUL character."),
                        uri)
                : problem(
                        ProblemKind.CONFLICT.because("The request conflicts with the current state; read it again."),
                        uri);
    }

    private Problem explained(ProblemKind kind) {
        Optional<ResourceOperation> operation = ResourceOperation.of(current.getCurrent());
        if (operation.isPresent() && kind == ProblemKind.UNSUPPORTED_MEDIA_TYPE) {
            String consumed = String.join(", ", operation.get().consumes());
            return kind.because("Send a body of " + consumed + ".").withHeader(HttpHeaders.ACCEPT, consumed);
        }
        if (operation.isPresent() && kind == ProblemKind.NOT_ACCEPTABLE) {
            return kind.because(
                    "The response is " + String.join(", ", operation.get().produces()) + ".");
        }
        return kind.because(kind.title() + "; see the API reference for this path.");
    }

    /** The field as the client wrote it: the property path without the method's and the parameter's names. */
    private static String field(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        int step = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            if (step++ >= 2 && node.getName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        if (field.isEmpty()) {
            violation.getPropertyPath().forEach(node -> {
                field.setLength(0);
                field.append(node.getName());
            });
        }
        return field.toString();
    }

    private String route() {
        return RequestRoute.of(current.getCurrent());
    }
}
