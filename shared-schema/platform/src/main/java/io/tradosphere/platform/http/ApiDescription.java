package io.tradosphere.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Gives every operation of the OpenAPI document what all have in common: how to authenticate, which problems may come, and an
 * example, taken from the service's {@code openapi-examples.json}: by operation id a {@code request} and a {@code response}.
 */
public final class ApiDescription implements OASFilter {

    private static final String BEARER = "bearer";
    private static final String PROBLEM_SCHEMA = "Problem";
    private static final String EXAMPLES = "openapi-examples.json";
    private static final Map<String, String> PROBLEMS_OF_ALL = Map.of(
            "400", "The request is malformed or has fields that are not valid",
            "503", "Something this service depends on is down; Retry-After says when to try again");
    private static final Map<String, String> PROBLEMS_OF_CALLERS = Map.of(
            "401", "There is no token, or it is not valid here", "403", "The token is fine, but this is not allowed");
    private static final Map<String, String> PROBLEMS_OF_CHANGES = Map.of("409", "In conflict with the present state");
    private static final Map<String, String> PROBLEMS_OF_BODIES =
            Map.of("413", "The body is too large", "415", "The body's media type is not one this call reads");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema(PROBLEM_SCHEMA, problemSchema());
        api.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme(BEARER)
                                .bearerFormat("JWT")
                                .description("A token of the OIDC provider; its sub is the caller's profile id"));
        if (api.getPaths() == null) {
            api.setPaths(OASFactory.createPaths());
        }
        JsonNode examples = examples();
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) -> describe(path, method, operation, examples)));
        api.getPaths().getPathItems().values().stream()
                .map(PathItem::getPATCH)
                .filter(patch -> patch != null && patch.getRequestBody() != null)
                .forEach(patch -> requireNothing(patch.getRequestBody().getContent(), api.getComponents()));
    }

    /** A merge patch names what it changes and no more. */
    private static void requireNothing(Content body, Components components) {
        body.getMediaTypes().values().stream()
                .map(media -> media.getSchema().getRef())
                .filter(Objects::nonNull)
                .map(ref -> components.getSchemas().get(ref.substring(ref.lastIndexOf('/') + 1)))
                .filter(Objects::nonNull)
                .forEach(schema -> schema.setRequired(null));
    }

    private static void describe(String path, PathItem.HttpMethod method, Operation operation, JsonNode examples) {
        boolean changes = method != PathItem.HttpMethod.GET && method != PathItem.HttpMethod.HEAD;
        // An empty list says that nobody has to be signed in; without any, whoever changes something has to be.
        boolean needsCaller = operation.getSecurity() == null
                ? changes
                : !operation.getSecurity().isEmpty();
        addProblems(operation, PROBLEMS_OF_ALL);
        if (needsCaller) {
            operation.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(BEARER)));
            addProblems(operation, PROBLEMS_OF_CALLERS);
        }
        if (path.contains("{")) {
            addProblems(operation, Map.of("404", "It does not exist, or not for this caller"));
        }
        if (changes) {
            addProblems(operation, PROBLEMS_OF_CHANGES);
        }
        if (operation.getRequestBody() != null) {
            addProblems(operation, PROBLEMS_OF_BODIES);
        }
        if (operation.getResponses().getAPIResponse("201") != null) {
            operation.addParameter(idempotencyKey());
            addProblems(operation, Map.of("422", "The Idempotency-Key was used for another request"));
        }
        if (hasIfMatch(operation)) {
            addProblems(operation, Map.of("412", "The resource has changed since the version in If-Match"));
        }
        addExamples(operation, examples.path(String.valueOf(operation.getOperationId())));
    }

    private static void addProblems(Operation operation, Map<String, String> problems) {
        problems.forEach((status, meaning) -> {
            if (operation.getResponses().getAPIResponse(status) == null
                    || operation.getResponses().getAPIResponse(status).getContent() == null) {
                operation.getResponses().addAPIResponse(status, problemResponse(meaning));
            }
        });
    }

    private static APIResponse problemResponse(String meaning) {
        MediaType body = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM_SCHEMA));
        return OASFactory.createAPIResponse()
                .description(meaning)
                .content(OASFactory.createContent().addMediaType(ProblemDetails.MEDIA_TYPE, body));
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .description("The same key with the same body is answered as the first time, for 24 hours")
                .schema(OASFactory.createSchema()
                        .addType(Schema.SchemaType.STRING)
                        .maxLength(255));
    }

    private static boolean hasIfMatch(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> "If-Match".equals(parameter.getName()));
    }

    private static void addExamples(Operation operation, JsonNode example) {
        if (example.has("request") && operation.getRequestBody() != null) {
            setExample(operation.getRequestBody().getContent(), example.get("request"));
        }
        if (example.has("response")) {
            operation.getResponses().getAPIResponses().entrySet().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response -> setExample(response.getValue().getContent(), example.get("response")));
        }
        if (example.has("parameters") && operation.getParameters() != null) {
            List<Parameter> parameters = new ArrayList<>(operation.getParameters());
            parameters.forEach(
                    parameter -> Optional.ofNullable(example.get("parameters").get(parameter.getName()))
                            .ifPresent(value -> parameter.setExample(value.asText())));
        }
    }

    private static void setExample(Content content, JsonNode example) {
        if (content != null) {
            content.getMediaTypes().values().forEach(media -> media.setExample(plain(example)));
        }
    }

    private static Object plain(JsonNode example) {
        return new ObjectMapper().convertValue(example, Object.class);
    }

    private static Schema problemSchema() {
        Schema violation = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("field", text("The field at fault"))
                .addProperty("message", text("What it must be"));
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("Problem details, RFC 9457")
                .addProperty("type", text("A stable URI that names the kind of problem"))
                .addProperty("title", text("The kind, in a sentence"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text("This occurrence, and what to do about it"))
                .addProperty("instance", text("The path that was called"))
                .addProperty(
                        "violations",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(violation))
                .required(List.of("type", "title", "status", "detail", "instance"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }

    private static JsonNode examples() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(EXAMPLES)) {
            ObjectMapper json = new ObjectMapper();
            return file == null ? json.createObjectNode() : json.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(EXAMPLES + " cannot be read", unreadable);
        }
    }
}
