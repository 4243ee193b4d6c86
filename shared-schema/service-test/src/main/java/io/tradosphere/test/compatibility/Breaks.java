package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The breaking changes of one place in an operation, as they are found. */
final class Breaks {

    private final String operation;
    private final String place;
    private final List<Break> found;

    Breaks(String operation, String place, List<Break> found) {
        this.operation = operation;
        this.place = place;
        this.found = found;
    }

    /** The breaks of a part of this place. */
    Breaks in(String part) {
        return new Breaks(operation, place.isEmpty() ? part : place + part, found);
    }

    /** The same place, with a list of its own. */
    Breaks apart() {
        return new Breaks(operation, place, new ArrayList<>());
    }

    /** Whether this is a whole body, and not a part of one. */
    boolean isBody() {
        return place.endsWith(": ");
    }

    List<Break> found() {
        return found;
    }

    void addAll(Breaks others) {
        found.addAll(others.found);
    }

    void add(BreakKind kind, String change) {
        found.add(new Break(
                operation, place.isEmpty() ? "the operation" : isBody() ? place + "the body" : place, kind, change));
    }

    /** Adds a change of a keyword's value. */
    void add(BreakKind kind, String keyword, JsonNode before, JsonNode now) {
        add(kind, keyword + " changed from " + shown(before) + " to " + shown(now));
    }

    private static String shown(JsonNode value) {
        return value == null || value.isMissingNode() ? "nothing" : value.toString();
    }
}
