package io.tradosphere.test.compatibility;

/**
 * A breaking change.
 *
 * @param operation the operation, such as {@code GET /v1/signals}
 * @param place where in the operation, such as {@code response 200 application/json: items[].status}
 * @param kind the kind of change
 * @param change what changed, with the old and the new value
 */
public record Break(String operation, String place, BreakKind kind, String change) {

    @Override
    public String toString() {
        return operation + ", " + place + ": " + change + ". " + kind.remedy();
    }
}
