package io.tradosphere.stripefake.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All objects in memory, by id and in the order of their creation. Their number is limited. */
public final class Store {

    /** There is no room for another object. */
    public static final class Full extends RuntimeException {
        private Full(String message) {
            super(message, null, false, false);
        }
    }

    private final int limit;
    private final Map<String, LinkedHashMap<String, Resource>> byType = new HashMap<>();
    private int size;

    /** @param limit the highest number of objects */
    public Store(int limit) {
        this.limit = limit;
    }

    /**
     * Adds an object.
     *
     * @throws Full when the store is full; it says what to do
     */
    public Resource add(Resource resource) {
        if (size >= limit) {
            throw new Full("The fake holds " + limit
                    + " objects and takes no more. Reset it (POST /_fake/reset) or start it with a higher"
                    + " --max-objects.");
        }
        if (byType.computeIfAbsent(resource.type(), type -> new LinkedHashMap<>())
                        .put(resource.id(), resource)
                == null) {
            size++;
        }
        return resource;
    }

    /** Removes an object, if it is there. */
    public void remove(Resource resource) {
        Map<String, Resource> all = byType.get(resource.type());
        if (all != null && all.remove(resource.id()) != null) {
            size--;
        }
    }

    /** The oldest object of a type. */
    public Optional<Resource> oldest(String type) {
        return byType.getOrDefault(type, new LinkedHashMap<>()).values().stream()
                .findFirst();
    }

    /** An object of a type by its id, whoever owns it. */
    public Optional<Resource> find(String type, String id) {
        return Optional.ofNullable(
                byType.getOrDefault(type, new LinkedHashMap<>()).get(id));
    }

    /** An object of any type by its id, whoever owns it. */
    public Optional<Resource> find(String id) {
        return byType.values().stream()
                .map(all -> all.get(id))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    /** The objects of a type that match, oldest first. */
    public List<Resource> all(String type, Predicate<Resource> matching) {
        return byType.getOrDefault(type, new LinkedHashMap<>()).values().stream()
                .filter(matching)
                .toList();
    }

    /** The objects of a type that match, newest first, as Stripe lists them. */
    public List<Resource> newest(String type, Predicate<Resource> matching) {
        List<Resource> found = new ArrayList<>(all(type, matching));
        Collections.reverse(found);
        return found;
    }

    /** How many objects of a type there are. */
    public int count(String type) {
        return byType.getOrDefault(type, new LinkedHashMap<>()).size();
    }

    /** How many objects there are. */
    public int size() {
        return size;
    }
}
