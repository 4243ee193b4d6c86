package io.tradosphere.platform.openapi;

import io.tradosphere.platform.openapi.SchemaNames.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;

/**
 * Completes the description of one operation. Summary, description and parameters are its method's Javadoc; so are its problems, as in
 * {@code @throws Problem {@code not-found} (404)}. What follows from the kind of operation is added.
 */
final class OperationDescription {

    private static final DotName KNOWS_CALLER = DotName.createSimple(KnowsCaller.class.getName());
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final String IF_MATCH = "If-Match";
    /** Of operations that may send an entity tag or replay a stored response. */
    private static final String TAGGED_RESPONSE = "io.smallrye.mutiny.Uni<jakarta.ws.rs.core.Response>";

    private final JavadocTexts texts;
    private final Schemas schemas;
    private final Constraints constraints;

    OperationDescription(JavadocTexts texts, Schemas schemas, IndexView index) {
        this.texts = texts;
        this.schemas = schemas;
        this.constraints = new Constraints(index);
    }

    /** The kind of an operation, from which problems and headers follow. */
    private record Kind(HttpMethod method, boolean inPath, boolean body, boolean json, boolean repliesWithTags) {

        boolean changes() {
            return method != HttpMethod.GET;
        }

        /** Whether it goes through {@code IdempotentWrites}. */
        boolean takesKey() {
            return method == HttpMethod.POST && repliesWithTags;
        }

        boolean isConditional() {
            return method == HttpMethod.GET && json && repliesWithTags;
        }
    }

    void complete(Operation operation, String path, HttpMethod method, MethodInfo declared, OperationTypes types) {
        Kind kind = new Kind(
                method,
                path.contains("{"),
                operation.getRequestBody() != null,
                types.response() != null,
                declared.returnType().toString().equals(TAGGED_RESPONSE));
        String text = texts.of(declared);
        operation.setDescription(text);
        operation.setSummary(text.replaceAll("(?s)[.;:] .*|[.]$", ""));
        secure(operation, declared, kind);
        describeParameters(operation, declared, kind);
        describeSuccess(operation, declared, types, kind);
        problems(operation, declared, kind)
                .forEach((status, kinds) ->
                        operation.getResponses().addAPIResponse(status, CommonResponses.problem(status, kinds)));
        operation.getResponses().getAPIResponses().values().forEach(response -> {
            CommonResponses.add(response, "RateLimit");
            CommonResponses.add(response, "RateLimit-Policy");
            CommonResponses.add(response, "X-Request-Id");
        });
    }

    /** An empty list means no authentication. Without a list, operations that change something require a caller. */
    private static void secure(Operation operation, MethodInfo declared, Kind kind) {
        SecurityRequirement bearer = OASFactory.createSecurityRequirement().addScheme(ApiDescription.BEARER);
        if (declared.hasDeclaredAnnotation(KNOWS_CALLER)) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement(), bearer));
        } else if (operation.getSecurity() == null) {
            operation.setSecurity(kind.changes() ? List.of(bearer) : List.of());
        }
    }

    private void describeParameters(Operation operation, MethodInfo declared, Kind kind) {
        List<Parameter> parameters =
                operation.getParameters() == null ? new ArrayList<>() : new ArrayList<>(operation.getParameters());
        parameters.forEach(parameter -> describe(parameter, declared));
        if (kind.takesKey()) {
            parameters.add(header(
                    "Idempotency-Key",
                    "Names this request, so that it can be repeated: another one with the same key and body gets the first"
                            + " one's response, for 24 hours. Optional.",
                    Scalars.text().minLength(1).maxLength(255)));
        }
        if (kind.isConditional()) {
            parameters.add(header(
                    "If-None-Match",
                    "Entity tags that the caller has, separated by commas, or `*`: 304 when one is current. Optional.",
                    Scalars.text()));
        }
        operation.setParameters(parameters.isEmpty() ? null : parameters);
    }

    private static Parameter header(String name, String description, Schema schema) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(schema);
    }

    private void describe(Parameter parameter, MethodInfo declared) {
        switch (parameter.getName()) {
            case LIMIT ->
                parameter
                        .description("The most items of a page. Optional, 20 when absent.")
                        .schema(OASFactory.createSchema()
                                .addType(SchemaType.INTEGER)
                                .format("int32")
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(100))
                                .defaultValue(20));
            case CURSOR ->
                parameter
                        .description(
                                "`nextCursor` of the page before, with the same other parameters. Optional, the first page when absent.")
                        .schema(Scalars.text());
            case IF_MATCH ->
                parameter
                        .description(
                                "Entity tags of the versions to which the change applies, separated by commas; 412 when none is"
                                        + " current. Counters do not count. Optional, any version when absent.")
                        .schema(Scalars.text());
            default ->
                declared.parameters().stream()
                        .filter(each -> isNamed(each, parameter.getName()))
                        .findFirst()
                        .ifPresent(each -> describe(parameter, declared, each));
        }
    }

    private void describe(Parameter parameter, MethodInfo declared, MethodParameterInfo java) {
        AnnotationInstance shown = java.annotation(Names.SCHEMA);
        AnnotationValue type = shown == null ? null : shown.value("implementation");
        Schema schema = schemas.of(type == null ? java.type() : type.asClass(), Role.REQUEST);
        if (schema.getRef() == null) {
            constraints.addTo(schema, java.annotations());
        }
        parameter.setSchema(schema);
        parameter.setDescription(texts.ofParameter(declared, java.name()));
    }

    private static boolean isNamed(MethodParameterInfo parameter, String name) {
        return List.of("PathParam", "QueryParam", "HeaderParam").stream()
                .map(Names::rest)
                .map(parameter::annotation)
                .anyMatch(annotation ->
                        annotation != null && annotation.value().asString().equals(name));
    }

    private void describeSuccess(Operation operation, MethodInfo declared, OperationTypes types, Kind kind) {
        // Copied, since a response is added below.
        Map.copyOf(operation.getResponses().getAPIResponses()).forEach((status, response) -> {
            if (!status.startsWith("2")) {
                operation.getResponses().removeAPIResponse(status);
                return;
            }
            Optional.of(texts.ofResult(declared))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(response::setDescription);
            if (types.response() != null && types.response().name().equals(Names.PAGE)) {
                CommonResponses.add(response, "Link");
            }
            if (kind.json() && kind.repliesWithTags()) {
                CommonResponses.add(response, "ETag");
            }
            if (status.equals("201")) {
                CommonResponses.add(response, "Location");
            }
            if (kind.takesKey()) {
                CommonResponses.add(response, "Idempotency-Replayed");
            }
        });
        if (kind.isConditional()) {
            APIResponse unchanged = OASFactory.createAPIResponse()
                    .description(
                            "The caller has the current version, as If-None-Match says; the response has no body.");
            CommonResponses.add(unchanged, "ETag");
            operation.getResponses().addAPIResponse("304", unchanged);
        }
    }

    private Map<String, Set<String>> problems(Operation operation, MethodInfo declared, Kind kind) {
        Map<String, Set<String>> problems = new TreeMap<>(texts.problems(declared));
        add(problems, "400", "bad-request");
        add(problems, "400", "invalid-request");
        add(problems, "401", "unauthenticated");
        add(problems, "414", "uri-too-long");
        add(problems, "429", "rate-limited");
        add(problems, "431", "headers-too-large");
        for (String away :
                List.of("busy", "database-away", "identity-provider-away", "profiles-away", "service-unavailable")) {
            add(problems, "503", away);
        }
        if (has(operation, CURSOR)) {
            add(problems, "400", "invalid-cursor");
        }
        if (kind.inPath()) {
            add(problems, "400", "bad-path");
            add(problems, "404", "not-found");
        }
        if (kind.json()) {
            add(problems, "406", "not-acceptable");
        }
        if (kind.changes()) {
            add(problems, "409", "conflict");
            // A body where none is expected is limited, too.
            add(problems, "408", "request-timeout");
            add(problems, "413", "body-too-large");
        }
        if (kind.body()) {
            add(problems, "400", "malformed-body");
            add(problems, "415", "unsupported-media-type");
        }
        if (has(operation, IF_MATCH)) {
            add(problems, "412", "stale");
        }
        if (kind.takesKey()) {
            add(problems, "409", "idempotency-in-progress");
            add(problems, "422", "idempotency-key-reused");
        }
        return problems;
    }

    private static boolean has(Operation operation, String parameter) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(each -> parameter.equals(each.getName()));
    }

    private static void add(Map<String, Set<String>> problems, String status, String kind) {
        problems.computeIfAbsent(status, any -> new TreeSet<>()).add(kind);
    }
}
