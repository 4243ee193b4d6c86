package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A comparison of the values of two enums. Generated clients refuse a value that they do not know, so a response may not gain one,
 * and a request may not lose one.
 */
final class EnumComparison {

    private final Direction direction;
    private final Breaks breaks;

    EnumComparison(Direction direction, Breaks breaks) {
        this.direction = direction;
        this.breaks = breaks;
    }

    /** Either may be missing: every value is then allowed. */
    void compare(JsonNode released, JsonNode current) {
        if (direction == Direction.REQUEST && !current.isMissingNode()) {
            if (released.isMissingNode()) {
                breaks.add(BreakKind.REQUEST_ENUM_VALUE_REMOVED, "only the values " + current + " are left");
            } else if (!without(released, current).isEmpty()) {
                breaks.add(
                        BreakKind.REQUEST_ENUM_VALUE_REMOVED,
                        "the values " + without(released, current) + " were removed");
            }
        }
        if (direction == Direction.RESPONSE && !released.isMissingNode()) {
            if (current.isMissingNode()) {
                breaks.add(BreakKind.RESPONSE_ENUM_VALUE_ADDED, "any value is allowed");
            } else if (!without(current, released).isEmpty()) {
                breaks.add(
                        BreakKind.RESPONSE_ENUM_VALUE_ADDED,
                        "the values " + without(current, released) + " were added");
            }
        }
    }

    private static Set<JsonNode> without(JsonNode values, JsonNode others) {
        Set<JsonNode> left = new LinkedHashSet<>();
        values.forEach(left::add);
        others.forEach(left::remove);
        return left;
    }
}
