package io.tradosphere.gateway.openapi;

import io.tradosphere.gateway.route.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes one OpenAPI document of the services' own. */
final class Merge {

    /** Sections in which what was there first wins, since they are prose. */
    private final Map<String, Object> tags = new LinkedHashMap<>();

    private final Map<String, Object> paths = new TreeMap<>();
    private final Map<String, Map<String, Object>> components = new TreeMap<>();
    private final Set<String> operationIds = new HashSet<>();

    private Merge() {}

    /**
     * The merged document, without {@code servers} and {@code info}.
     *
     * @param documents parsed, by the service that published them
     */
    static Map<String, Object> of(Map<Service, Map<String, Object>> documents) {
        List<Part> parts = new ArrayList<>();
        documents.forEach((service, document) -> parts.add(Part.of(service, document)));
        Map<Service, Renaming> renamings = Names.settle(parts);
        Merge merge = new Merge();
        parts.forEach(part -> merge.add(part, renamings.get(part.service())));
        return merge.result();
    }

    private void add(Part part, Renaming renaming) {
        part.tags().forEach(tags::putIfAbsent);
        part.components().forEach((component, definition) -> {
            Component place = renaming.of(component);
            components
                    .computeIfAbsent(place.section(), section -> new TreeMap<>())
                    .put(place.name(), renaming.apply(definition));
        });
        part.paths().forEach((path, item) -> {
            Object renamed = renaming.apply(item);
            makeOperationIdsUnique(part.service(), renamed);
            paths.put(path, renamed);
        });
    }

    @SuppressWarnings("unchecked") // a copy of our own, made of maps with string keys
    private void makeOperationIdsUnique(Service service, Object item) {
        if (item instanceof Map<?, ?> methods) {
            for (Object operation : methods.values()) {
                if (operation instanceof Map<?, ?> map && map.get("operationId") instanceof String id) {
                    String unique = id;
                    while (!operationIds.add(unique)) {
                        unique = service.name().toLowerCase(Locale.ROOT) + "_" + unique;
                    }
                    ((Map<String, Object>) map).put("operationId", unique);
                }
            }
        }
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
