package io.tradosphere.gateway.openapi;

import io.tradosphere.gateway.route.Service;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a name for every component that no other service uses for something else. One that several services define
 * alike keeps its name; one that they define differently is prefixed by the service's name in each of them.
 */
final class Names {

    private final List<Part> parts;
    private final Map<Component, List<Part>> holders = new LinkedHashMap<>();
    private final Set<Component> clashing = new HashSet<>();

    private Names(List<Part> parts) {
        this.parts = parts;
        for (Part part : parts) {
            part.components().keySet().forEach(component -> holders.merge(component, List.of(part), Names::concat));
        }
    }

    /** The names to use, for each service. */
    static Map<Service, Renaming> settle(List<Part> parts) {
        Names names = new Names(parts);
        Map<Service, Renaming> renamings = names.renamings();
        // Two definitions with the same text differ once what they refer to has got different names.
        while (names.addClashes(renamings)) {
            renamings = names.renamings();
        }
        return renamings;
    }

    private boolean addClashes(Map<Service, Renaming> renamings) {
        Set<Component> found = new HashSet<>();
        holders.forEach((component, sharing) -> {
            if (sharing.size() > 1 && !clashing.contains(component) && !isAlike(component, sharing, renamings)) {
                found.add(component);
            }
        });
        return clashing.addAll(found);
    }

    private static boolean isAlike(Component component, List<Part> sharing, Map<Service, Renaming> renamings) {
        Object first = null;
        for (Part part : sharing) {
            Object definition =
                    renamings.get(part.service()).apply(part.components().get(component));
            if (first != null && !first.equals(definition)) {
                return false;
            }
            first = definition;
        }
        return true;
    }

    private Map<Service, Renaming> renamings() {
        Set<Component> taken = new HashSet<>(holders.keySet());
        Map<Service, Renaming> renamings = new EnumMap<>(Service.class);
        for (Part part : parts) {
            Map<Component, String> newNames = new HashMap<>();
            part.components().keySet().stream().filter(clashing::contains).forEach(component -> {
                String name = part.service().componentPrefix() + component.name();
                while (!taken.add(component.renamed(name))) {
                    name += "_";
                }
                newNames.put(component, name);
            });
            renamings.put(part.service(), new Renaming(newNames));
        }
        return renamings;
    }

    private static List<Part> concat(List<Part> some, List<Part> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
