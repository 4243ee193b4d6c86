package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.http.Defaulted;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Which column of a user's own files is what.
 *
 * @param fields where the fields of a trade are taken from, each at most once. asset, assetType, direction, entryPrice, size
 *     and openedAt are required
 * @param decimalMark the decimal mark of all numbers; null to let the file show it
 * @param dateOrder what comes first in dates such as 2/3/2026; null to let the file show it
 * @param negativeFees whether charges are negative in the file; false when absent
 */
record Mapping(
        @NotNull(message = "is required") @Size(min = 1, max = 18, message = "has 1 to 18 fields")
        List<@NotNull(message = "is required") @Valid MappedField> fields,

        @Nullable @Pattern(regexp = "dot|comma", message = "is dot or comma")
        String decimalMark,

        @Nullable @Pattern(regexp = "day-first|month-first", message = "is day-first or month-first")
        String dateOrder,

        @Defaulted Boolean negativeFees) {

    /**
     * Checks the fields together.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    Mapping checked() {
        List<Violation> violations = new ArrayList<>();
        List<String> named = fields.stream().map(MappedField::field).toList();
        for (String required : OwnFormat.REQUIRED) {
            if (!named.contains(required)) {
                violations.add(new Violation("fields", "has " + required));
            }
        }
        List<String> columns = fields.stream()
                .map(MappedField::column)
                .filter(Objects::nonNull)
                .map(Columns::plain)
                .toList();
        if (new HashSet<>(named).size() < named.size() || new HashSet<>(columns).size() < columns.size()) {
            violations.add(new Violation("fields", "has each field and each column at most once"));
        }
        if (columns.isEmpty()) {
            violations.add(new Violation("fields", "has a column of the file"));
        }
        if (fields.stream().anyMatch(each -> (each.column() == null) == (each.value() == null))) {
            violations.add(new Violation("fields", "has either a column or a value for each field"));
        }
        if (!violations.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because("The mapping is not complete.", violations);
        }
        return this;
    }
}
