package io.tradosphere.gateway.openapi;

import io.tradosphere.gateway.route.RouteTable;
import io.tradosphere.gateway.route.Service;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public part of one service's OpenAPI document.
 *
 * @param service the service
 * @param paths the path items under the prefixes that the service owns
 * @param components the components that those refer to, directly or indirectly, and the security schemes
 * @param tags the tags by name
 */
record PublicPart(
        Service service, Map<String, Object> paths, Map<Component, Object> components, Map<String, Object> tags) {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** Removes paths that the gateway doesn't route, such as internal ones, and the components that only they use. */
    static PublicPart of(Service service, Map<String, Object> document) {
        Map<String, Object> paths = new LinkedHashMap<>();
        object(document, "paths").forEach((path, item) -> {
            if (RouteTable.of(path).filter(route -> route.service() == service).isPresent()) {
                paths.put(path, withSecurity(item, document.get("security")));
            }
        });
        Map<String, Object> tags = new LinkedHashMap<>();
        if (document.get("tags") instanceof List<?> list) {
            list.forEach(tag -> {
                if (tag instanceof Map<?, ?> named && named.get("name") instanceof String name) {
                    tags.put(name, tag);
                }
            });
        }
        return new PublicPart(service, paths, reachable(paths, object(document, "components")), tags);
    }

    /**
     * Copies a document-wide security requirement to each operation. In the merged document it would apply to other
     * services, too.
     */
    private static Object withSecurity(Object item, Object security) {
        if (security == null || !(item instanceof Map<?, ?> methods)) {
            return item;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        methods.forEach((key, value) -> {
            if (METHODS.contains(key) && value instanceof Map<?, ?> operation && !operation.containsKey("security")) {
                Map<String, Object> secured = new LinkedHashMap<>();
                operation.forEach((name, part) -> secured.put((String) name, part));
                secured.put("security", security);
                copy.put((String) key, secured);
            } else {
                copy.put((String) key, value);
            }
        });
        return copy;
    }

    private static Map<Component, Object> reachable(Map<String, Object> paths, Map<String, Object> components) {
        Map<Component, Object> found = new LinkedHashMap<>();
        // A HashMap, since examples may hold null.
        Deque<Object> open = new LinkedList<>();
        open.add(paths);
        object(components, "securitySchemes")
                .forEach((name, scheme) -> found.put(new Component("securitySchemes", name), scheme));
        while (!open.isEmpty()) {
            Object node = open.remove();
            if (node instanceof Map<?, ?> object) {
                open.addAll(object.values());
            } else if (node instanceof List<?> array) {
                open.addAll(array);
            } else if (node instanceof String text) {
                Component component = Component.at(text);
                Object definition = component == null
                        ? null
                        : object(components, component.section()).get(component.name());
                if (definition != null && found.putIfAbsent(component, definition) == null) {
                    open.add(definition);
                }
            }
        }
        return found;
    }

    @SuppressWarnings("unchecked") // JSON object keys are strings
    private static Map<String, Object> object(Map<String, Object> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> child ? (Map<String, Object>) child : Map.of();
    }
}
