package io.tradosphere.gateway.openapi;

import io.tradosphere.gateway.route.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merges the services' OpenAPI documents into one. Equal names have equal definitions in all services, so the first of a name is
 * kept; a test fails where they differ.
 */
final class OpenApiMerge {

    private final Map<String, Object> tags = new LinkedHashMap<>();
    private final Map<String, Object> paths = new TreeMap<>();
    private final Map<String, Map<String, Object>> components = new TreeMap<>();

    private OpenApiMerge() {}

    /**
     * The merged document, without {@code servers} and {@code info}.
     *
     * @param documents the parsed documents by service
     */
    static Map<String, Object> of(Map<Service, Map<String, Object>> documents) {
        OpenApiMerge merge = new OpenApiMerge();
        documents.forEach((service, document) -> merge.add(PublicPart.of(service, document)));
        return merge.result();
    }

    private void add(PublicPart part) {
        part.tags().forEach(tags::putIfAbsent);
        part.components()
                .forEach((component, definition) -> components
                        .computeIfAbsent(component.section(), section -> new TreeMap<>())
                        .putIfAbsent(component.name(), definition));
        paths.putAll(part.paths());
    }

    private Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        if (!tags.isEmpty()) {
            result.put("tags", List.copyOf(tags.values()));
        }
        result.put("paths", paths);
        result.put("components", components);
        return result;
    }
}
