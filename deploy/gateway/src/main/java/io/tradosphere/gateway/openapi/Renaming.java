package io.tradosphere.gateway.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New names for some components of one service's document, applied to whatever refers to them. */
final class Renaming {

    private static final String SECURITY = "security";
    private static final String SECURITY_SCHEMES = "securitySchemes";

    private final Map<Component, String> newNames;

    /** @param newNames the new name by old place; what isn't listed keeps its name */
    Renaming(Map<Component, String> newNames) {
        this.newNames = newNames;
    }

    /** Where a component stands now. */
    Component of(Component component) {
        String newName = newNames.get(component);
        return newName == null ? component : component.renamed(newName);
    }

    /** A copy of any part of the document in which every reference is to the new name. */
    Object apply(Object node) {
        if (node instanceof Map<?, ?> object) {
            Map<String, Object> copy = new LinkedHashMap<>();
            object.forEach((key, value) -> copy.put(
                    (String) key, SECURITY.equals(key) && value instanceof List ? requirements(value) : apply(value)));
            return copy;
        }
        if (node instanceof List<?> array) {
            List<Object> copy = new ArrayList<>(array.size());
            array.forEach(item -> copy.add(apply(item)));
            return copy;
        }
        return node instanceof String text ? reference(text) : node;
    }

    private String reference(String text) {
        Component component = Component.at(text);
        if (component == null || !newNames.containsKey(component)) {
            return text;
        }
        return of(component).pointer() + text.substring(component.pointer().length());
    }

    /** Security requirements name their scheme as a key, not by reference. */
    private Object requirements(Object node) {
        List<Object> copy = new ArrayList<>();
        for (Object requirement : (List<?>) node) {
            if (requirement instanceof Map<?, ?> schemes) {
                Map<String, Object> renamed = new LinkedHashMap<>();
                schemes.forEach((scheme, scopes) -> renamed.put(
                        of(new Component(SECURITY_SCHEMES, (String) scheme)).name(), scopes));
                copy.add(renamed);
            } else {
                copy.add(apply(requirement));
            }
        }
        return copy;
    }
}
