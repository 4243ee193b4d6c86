package io.tradosphere.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.tradosphere.platform.openapi.SchemaNames.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/**
 * An OpenAPI filter that runs when a service is built. SmallRye finds the paths, methods and parameters. This adds the schemas of all
 * bodies, what Javadoc says, and what all operations have in common: authentication, problems, headers and examples.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    static final String BEARER = "bearer";

    private static final DotName OPERATION =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.Operation");

    private final IndexView index;

    /**
     * A filter for the application in an index.
     *
     * @param index all classes of the service and of what it is built on
     */
    public ApiDescription(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        if (api.getPaths() == null) {
            api.setPaths(OASFactory.createPaths());
        }
        api.setServers(List.of(OASFactory.createServer().url("/").description("The gateway of the installation")));
        describeOperations(api);
        CommonResponses.headers().forEach(api.getComponents()::addHeader);
        api.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme(BEARER)
                                .bearerFormat("JWT")
                                .description(
                                        "A token of the OIDC provider. The caller's profile id is its `sub`, or derived from it."));
    }

    private void describeOperations(OpenAPI api) {
        JavadocTexts texts = new JavadocTexts();
        RecordFields fields = new RecordFields(index);
        SchemaNames names = new SchemaNames(index, fields);
        Map<String, MethodInfo> methods = methods();
        Map<String, OperationTypes> types = new HashMap<>();
        forEachOperation(api, (path, method, operation) -> {
            if (!methods.containsKey(operation.getOperationId())) {
                throw new IllegalStateException(method + " " + path + " has no operationId: give it @Operation");
            }
            OperationTypes found = OperationTypes.of(methods.get(operation.getOperationId()));
            types.put(operation.getOperationId(), found);
            note(names, found, method);
        });
        Schemas schemas = new Schemas(index, texts, fields, names);
        OperationDescription description = new OperationDescription(texts, schemas, index);
        Examples examples = Examples.load();
        forEachOperation(api, (path, method, operation) -> {
            OperationTypes found = types.get(operation.getOperationId());
            setSchemas(operation, found, schemas, method);
            description.complete(operation, path, method, methods.get(operation.getOperationId()), found);
            examples.addTo(operation);
        });
        Map<String, Schema> components = schemas.components();
        components.putAll(CommonResponses.schemas());
        api.getComponents().setSchemas(components);
    }

    private static void note(SchemaNames names, OperationTypes types, PathItem.HttpMethod method) {
        if (types.request() != null) {
            names.note(types.request(), requestRole(method));
        }
        if (types.response() != null) {
            names.note(types.response(), Role.RESPONSE);
        }
    }

    private static void setSchemas(
            Operation operation, OperationTypes types, Schemas schemas, PathItem.HttpMethod method) {
        if (types.request() != null) {
            setSchema(operation.getRequestBody().getContent(), types.request(), requestRole(method), schemas);
        }
        if (types.response() != null) {
            operation.getResponses().getAPIResponses().entrySet().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response ->
                            setSchema(response.getValue().getContent(), types.response(), Role.RESPONSE, schemas));
        }
    }

    private static void setSchema(Content content, Type type, Role role, Schemas schemas) {
        content.getMediaTypes().forEach((name, media) -> {
            // Another form than JSON is described where it is declared.
            if (name.endsWith("json") || content.getMediaTypes().size() == 1) {
                media.setSchema(schemas.of(type, role));
            }
        });
    }

    private static Role requestRole(PathItem.HttpMethod method) {
        return method == PathItem.HttpMethod.PATCH ? Role.PATCH : Role.REQUEST;
    }

    /** The resource methods by operation id. */
    private Map<String, MethodInfo> methods() {
        Map<String, MethodInfo> methods = new HashMap<>();
        for (AnnotationInstance operation : index.getAnnotations(OPERATION)) {
            AnnotationValue id = operation.value("operationId");
            if (id != null && operation.target().kind() == AnnotationTarget.Kind.METHOD) {
                methods.put(id.asString(), operation.target().asMethod());
            }
        }
        return methods;
    }

    private interface Visitor {
        void visit(String path, PathItem.HttpMethod method, Operation operation);
    }

    private static void forEachOperation(OpenAPI api, Visitor visitor) {
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> visitor.visit(path, method, operation)));
    }
}
