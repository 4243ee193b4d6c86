package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** A comparison of the bounds of two effective schemas: of numbers, lengths and counts. */
final class BoundComparison {

    private static final List<String> LOWER =
            List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final List<String> UPPER =
            List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

    private final Direction direction;
    private final Breaks breaks;

    BoundComparison(Direction direction, Breaks breaks) {
        this.direction = direction;
        this.breaks = breaks;
    }

    void compare(ObjectNode released, ObjectNode current) {
        // The schema that must allow no more than the other.
        ObjectNode narrow = direction == Direction.REQUEST ? released : current;
        ObjectNode wide = direction == Direction.REQUEST ? current : released;
        for (String keyword : LOWER) {
            check(keyword, released, current, isBounded(narrow, wide, keyword, 1));
        }
        for (String keyword : UPPER) {
            check(keyword, released, current, isBounded(narrow, wide, keyword, -1));
        }
        check("multipleOf", released, current, isMultiple(narrow, wide));
        check(
                "uniqueItems",
                released,
                current,
                narrow.path("uniqueItems").asBoolean()
                        || !wide.path("uniqueItems").asBoolean());
    }

    private void check(String keyword, ObjectNode released, ObjectNode current, boolean holds) {
        if (!holds) {
            breaks.add(
                    direction == Direction.REQUEST
                            ? BreakKind.REQUEST_BOUND_NARROWED
                            : BreakKind.RESPONSE_BOUND_WIDENED,
                    keyword,
                    released.get(keyword),
                    current.get(keyword));
        }
    }

    /** Whether every value within {@code narrow} is within the bound of {@code wide}. */
    private static boolean isBounded(ObjectNode narrow, ObjectNode wide, String keyword, int sign) {
        BigDecimal outer = number(wide, keyword);
        if (outer == null) {
            return true;
        }
        BigDecimal inner = number(narrow, keyword);
        if (inner != null && inner.compareTo(outer) * sign >= 0) {
            return true;
        }
        // A bound may have turned from inclusive to exclusive, or back.
        String other = counterpart(keyword);
        BigDecimal counterpart = other == null ? null : number(narrow, other);
        if (counterpart == null) {
            return false;
        }
        int compared = counterpart.compareTo(outer) * sign;
        return keyword.startsWith("exclusive") ? compared > 0 : compared >= 0;
    }

    private static String counterpart(String keyword) {
        return switch (keyword) {
            case "minimum" -> "exclusiveMinimum";
            case "exclusiveMinimum" -> "minimum";
            case "maximum" -> "exclusiveMaximum";
            case "exclusiveMaximum" -> "maximum";
            default -> null;
        };
    }

    private static boolean isMultiple(ObjectNode narrow, ObjectNode wide) {
        BigDecimal divisor = number(wide, "multipleOf");
        BigDecimal own = number(narrow, "multipleOf");
        return divisor == null || own != null && own.remainder(divisor).signum() == 0;
    }

    private static BigDecimal number(ObjectNode schema, String keyword) {
        JsonNode value = schema.path(keyword);
        return value.isNumber() ? value.decimalValue() : null;
    }
}
