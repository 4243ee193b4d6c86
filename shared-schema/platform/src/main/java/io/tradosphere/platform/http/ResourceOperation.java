package io.tradosphere.platform.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;

/**
 * What a resource method declares about its requests.
 *
 * @param method the HTTP method, in upper case
 * @param queryParameters the names of its query parameters
 * @param needsCaller whether it refuses requests without a token
 * @param respondsWithBody whether a successful response has a body
 * @param maxBodyBytes the largest request body
 * @param consumes the media types of its request body; empty for any
 * @param produces the media types of its response body; empty for any
 */
record ResourceOperation(
        String method,
        Set<String> queryParameters,
        boolean needsCaller,
        boolean respondsWithBody,
        int maxBodyBytes,
        List<String> consumes,
        List<String> produces) {

    private static final String KEY = ResourceOperation.class.getName();

    /** Describes a resource method; empty when the method has no HTTP method. */
    static Optional<ResourceOperation> of(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .findFirst()
                .map(http -> of(http.value(), method));
    }

    private static ResourceOperation of(String http, Method method) {
        BodyLimit limit = method.getAnnotation(BodyLimit.class);
        Consumes consumes = inherited(method, Consumes.class);
        Produces produces = inherited(method, Produces.class);
        return new ResourceOperation(
                http,
                queryParameters(method),
                needsCaller(http, method),
                respondsWithBody(method),
                1024 * (limit == null ? BodyLimit.DEFAULT_KILOBYTES : limit.kilobytes()),
                consumes == null ? List.of() : List.of(consumes.value()),
                produces == null ? List.of() : List.of(produces.value()));
    }

    /** The operation of a request; empty when no path and method match. */
    static Optional<ResourceOperation> of(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }

    void storeIn(RoutingContext request) {
        request.put(KEY, this);
    }

    boolean reads() {
        return method.equals(HttpMethod.GET);
    }

    private static Set<String> queryParameters(Method method) {
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                throw new IllegalStateException(method + ": query parameters are parameters of the method");
            }
        }
        return Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .filter(parameter -> parameter != null)
                .map(QueryParam::value)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As in the OpenAPI document: a change needs a caller, except with an empty list of requirements; a read needs one by annotation. */
    private static boolean needsCaller(String http, Method method) {
        boolean changes = !http.equals(HttpMethod.GET) && !http.equals(HttpMethod.HEAD);
        SecurityRequirements all = method.getAnnotation(SecurityRequirements.class);
        boolean anonymous = all != null && all.value().length == 0;
        return changes ? !anonymous : method.isAnnotationPresent(SecurityRequirement.class);
    }

    private static boolean respondsWithBody(Method method) {
        APIResponse[] successes = Arrays.stream(method.getAnnotationsByType(APIResponse.class))
                .filter(response -> response.responseCode().startsWith("2"))
                .toArray(APIResponse[]::new);
        boolean documentedWithout =
                successes.length > 0 && Arrays.stream(successes).allMatch(response -> response.content().length == 0);
        boolean returnsNothing = method.getGenericReturnType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] == Void.class;
        return !documentedWithout && !returnsNothing;
    }

    private static <A extends Annotation> A inherited(Method method, Class<A> type) {
        A own = method.getAnnotation(type);
        return own == null ? method.getDeclaringClass().getAnnotation(type) : own;
    }
}
