package io.tradosphere.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.http.Problem.Violation;
import io.vertx.pgclient.PgException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that can go wrong in a request, as problem details. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private static final Map<Integer, ProblemKind> BY_STATUS = Map.of(
            400, Problems.INVALID_REQUEST,
            401, Problems.UNAUTHENTICATED,
            403, Problems.FORBIDDEN,
            404, Problems.NOT_FOUND,
            405, Problems.METHOD_NOT_ALLOWED,
            406, Problems.NOT_ACCEPTABLE,
            413, Problems.BODY_TOO_LARGE,
            415, Problems.UNSUPPORTED_MEDIA_TYPE);

    @ServerExceptionMapper
    Response problem(Problem problem, UriInfo uri) {
        return ProblemDetails.of(problem, uri.getRequestUri().getRawPath()).response();
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException invalid, UriInfo uri) {
        List<Violation> violations = invalid.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                .toList();
        return problem(Problems.INVALID_REQUEST.because("The request has fields that are not valid.", violations), uri);
    }

    @ServerExceptionMapper
    Response mismatched(MismatchedInputException mismatch, UriInfo uri) {
        return problem(JsonMistakes.problem(mismatch), uri);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException mistake, UriInfo uri) {
        return problem(JsonMistakes.problem(mistake), uri);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refusal, UriInfo uri) {
        for (Throwable cause = refusal.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem(problem, uri);
            }
            if (cause instanceof JsonProcessingException mistake) {
                return problem(JsonMistakes.problem(mistake), uri);
            }
        }
        int status = refusal.getResponse().getStatus();
        ProblemKind kind = BY_STATUS.get(status);
        if (kind == null) {
            return defect(refusal, uri);
        }
        return problem(kind.because(explanation(kind)), uri);
    }

    @ServerExceptionMapper
    Response defect(Throwable failure, UriInfo uri) {
        return switch (SqlFailure.of(failure)) {
            case AWAY -> {
                LOG.warnf("The database is away: %s", failure.getMessage());
                yield problem(
                        Problems.DATABASE_AWAY.because(
                                "Try again shortly, a POST with the same Idempotency-Key: whether this call still came through is not known."),
                        uri);
            }
            case BUSY -> problem(Problems.BUSY.because("Nothing was changed; try again shortly."), uri);
            case REFUSED -> refusedByDatabase(failure, uri);
            case OTHER -> {
                LOG.errorf(failure, "A defect at %s", uri.getPath());
                yield problem(Problems.INTERNAL.because("This is a defect of ours; it has been logged."), uri);
            }
        };
    }

    private Response refusedByDatabase(Throwable failure, UriInfo uri) {
        LOG.infof("The database refuses a request at %s: %s", uri.getPath(), failure.getMessage());
        boolean unstorable =
                failure instanceof PgException pg && pg.getSqlState().startsWith("22");
        return unstorable
                ? problem(
                        Problems.INVALID_REQUEST.because(
                                "The request has a value that cannot be stored, such as a NUL character."),
                        uri)
                : problem(
                        Problems.CONFLICT.because("The request conflicts with the present state; read it again."), uri);
    }

    private static String explanation(ProblemKind kind) {
        return kind.title() + "; see the API reference for what this path takes.";
    }

    /** The field as the client wrote it: the last steps of the path, without the method's and the parameter's names. */
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
}
