package io.tradosphere.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tradosphere.platform.http.Problem.Violation;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The body of a problem, <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param type the stable URI of the kind of problem
 * @param title the kind, in a sentence
 * @param status the HTTP status
 * @param detail this occurrence and what to do about it
 * @param instance the path that was called
 * @param violations the fields at fault; absent when none is
 */
public record ProblemDetails(
        URI type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Answerable of(Problem problem, String instance) {
        ProblemKind kind = problem.kind();
        return new Answerable(
                new ProblemDetails(
                        kind.type(), kind.title(), kind.status(), problem.getMessage(), instance, problem.violations()),
                problem.headers());
    }

    record Answerable(ProblemDetails details, Map<String, String> headers) {
        Response response() {
            Response.ResponseBuilder response =
                    Response.status(details.status()).entity(details).type(MEDIA_TYPE);
            headers.forEach(response::header);
            return response.build();
        }
    }
}
