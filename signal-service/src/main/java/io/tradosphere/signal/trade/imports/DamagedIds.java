package io.tradosphere.signal.trade.imports;

import java.util.regex.Pattern;

/** Recognises ids that a spreadsheet took for numbers and rounded, so that different trades have the same. */
final class DamagedIds {

    /** Such as {@code 4.40012E+11}. */
    private static final Pattern EXPONENT =
            Pattern.compile("[0-9]([.,][0-9]+)?E\\+[0-9]{1,3}", Pattern.CASE_INSENSITIVE);

    /** A spreadsheet keeps 15 digits of a number and puts zeros for the others. */
    private static final Pattern ZEROS = Pattern.compile("[1-9][0-9]{14}0{3,}");

    private DamagedIds() {}

    /** Whether the id is rounded. */
    static boolean isDamaged(String id) {
        return EXPONENT.matcher(id).matches() || ZEROS.matcher(id).matches();
    }
}
