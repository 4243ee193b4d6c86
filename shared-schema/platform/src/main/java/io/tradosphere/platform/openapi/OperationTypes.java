package io.tradosphere.platform.openapi;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.Type;

/**
 * The types of an operation's bodies.
 *
 * @param request of the request; null without a body, or for one that is no JSON
 * @param response of the successful response; null without a body
 */
record OperationTypes(Type request, Type response) {

    private static final String ANNOTATIONS = "org.eclipse.microprofile.openapi.annotations.";
    private static final DotName API_RESPONSE = DotName.createSimple(ANNOTATIONS + "responses.APIResponse");
    private static final DotName REQUEST_BODY = DotName.createSimple(ANNOTATIONS + "parameters.RequestBody");
    private static final DotName UNI = DotName.createSimple("io.smallrye.mutiny.Uni");
    private static final Set<String> NO_BODY = Set.of("java.lang.Void", "jakarta.ws.rs.core.Response", "void");
    private static final Set<String> NO_JSON = Set.of("com.fasterxml.jackson.databind.JsonNode", "byte");
    private static final Set<DotName> PARAMETERS = Set.of(
            Names.rest("PathParam"), Names.rest("QueryParam"), Names.rest("HeaderParam"), Names.rest("core.Context"));

    static OperationTypes of(MethodInfo method) {
        return new OperationTypes(request(method), response(method));
    }

    private static Type request(MethodInfo method) {
        return method.parameters().stream()
                .filter(parameter -> PARAMETERS.stream().noneMatch(parameter::hasAnnotation))
                .findFirst()
                .flatMap(OperationTypes::body)
                .orElse(null);
    }

    private static Optional<Type> body(MethodParameterInfo parameter) {
        Optional<Type> shown =
                Optional.ofNullable(parameter.annotation(REQUEST_BODY)).flatMap(OperationTypes::implementation);
        return shown.isPresent()
                ? shown
                : Optional.of(parameter.type()).filter(type -> type.kind() == Type.Kind.CLASS && !named(type, NO_JSON));
    }

    private static Type response(MethodInfo method) {
        Optional<Type> shown = method.annotations(API_RESPONSE).stream()
                .filter(response -> response.value("responseCode").asString().startsWith("2"))
                .map(OperationTypes::implementation)
                .flatMap(Optional::stream)
                .findFirst();
        Type returned = method.returnType().name().equals(UNI)
                ? method.returnType().asParameterizedType().arguments().get(0)
                : method.returnType();
        return shown.orElse(named(returned, NO_BODY) ? null : returned);
    }

    private static Optional<Type> implementation(AnnotationInstance described) {
        return Optional.ofNullable(described.value("content"))
                .flatMap(content -> Arrays.stream(content.asNestedArray()).findFirst())
                .map(content -> content.value("schema"))
                .map(schema -> schema.asNested().value("implementation"))
                .map(AnnotationValue::asClass);
    }

    private static boolean named(Type type, Set<String> names) {
        return names.contains(type.name().toString());
    }
}
