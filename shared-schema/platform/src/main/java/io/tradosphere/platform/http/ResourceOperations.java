package io.tradosphere.platform.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An index of the service's resource methods by path. It lets a request be judged before the resource or its body is touched. */
@ApplicationScoped
class ResourceOperations {

    /** Parameters of a segment, which Jakarta REST ignores when it matches a path. */
    private static final Pattern MATRIX = Pattern.compile(";[^/]*");

    private final Node root = new Node();

    ResourceOperations(BeanManager beans) {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path classPath = bean.getBeanClass().getAnnotation(Path.class);
            if (classPath != null) {
                for (Method method : bean.getBeanClass().getDeclaredMethods()) {
                    add(classPath.value(), method);
                }
            }
        }
    }

    /**
     * The operations of a path by HTTP method; empty for an unknown path.
     *
     * @param path a normalized path, with or without a slash at its end
     */
    Map<String, ResourceOperation> at(String path) {
        return find(root, segments(path), 0);
    }

    /** The methods a path supports, as in {@code Allow}. */
    static Set<String> allowed(Map<String, ResourceOperation> operations) {
        Set<String> allowed = new TreeSet<>(operations.keySet());
        allowed.add(HttpMethod.OPTIONS);
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        return allowed;
    }

    private void add(String classPath, Method method) {
        ResourceOperation.of(method).ifPresent(operation -> {
            Path methodPath = method.getAnnotation(Path.class);
            Node node = root;
            for (String segment : segments(classPath + "/" + (methodPath == null ? "" : methodPath.value()))) {
                node = node.child(segment.startsWith("{") ? Node.PARAMETER : segment);
            }
            node.operations.put(operation.method(), operation);
        });
    }

    /** Literal segments take precedence over parameters, as in Jakarta REST. */
    private static Map<String, ResourceOperation> find(Node node, String[] segments, int index) {
        if (index == segments.length) {
            return node.operations;
        }
        for (String key : new String[] {segments[index], Node.PARAMETER}) {
            Node child = node.children.get(key);
            Map<String, ResourceOperation> found = child == null ? Map.of() : find(child, segments, index + 1);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return Map.of();
    }

    private static String[] segments(String path) {
        return MATRIX.matcher(path)
                .replaceAll("")
                .replaceAll("/{2,}", "/")
                .replaceAll("^/|/$", "")
                .split("/", -1);
    }

    private static final class Node {

        static final String PARAMETER = "{}";

        private final Map<String, Node> children = new HashMap<>();
        private final Map<String, ResourceOperation> operations = new TreeMap<>();

        Node child(String segment) {
            return children.computeIfAbsent(segment, unknown -> new Node());
        }
    }
}
