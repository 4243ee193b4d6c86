package io.tradosphere.signal.trade.imports;

import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as a file writes it, with both its readings: {@code 64,250} is 64250 or 64.25. Signs, parentheses for negative
 * amounts, currency signs, spaces and apostrophes between thousands are understood.
 *
 * @param dot its value if the dot is the decimal mark; null when it cannot be
 * @param comma the same for the comma
 */
record NumberCell(BigDecimal dot, BigDecimal comma) {

    private static final NumberCell NONE = new NumberCell(null, null);

    private static final int LONGEST = 60;

    /** Spaces of all widths, and the apostrophes of Swiss amounts. */
    private static final String GAP = "[\\s\\u00a0\\u2007\\u2009\\u202f'\\u2019]";

    private static final Pattern GAPPED = Pattern.compile("[0-9]{1,3}(" + GAP + "[0-9]{3})+([.,][0-9]*)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,30}");
    private static final Pattern GAPS = Pattern.compile(GAP + "+");
    private static final Pattern CURRENCY = Pattern.compile("[$€£¥₹₽]|\\b(USD|EUR|GBP|CHF|JPY|USDT|USDC)\\b");
    private static final Pattern EXPONENT = Pattern.compile("(.*[0-9.,])([eE][+-]?[0-9]{1,2})");

    /** What a spreadsheet shows of a longer number: six digits and an exponent. */
    private static final Pattern ROUNDED = Pattern.compile("-?[1-9][.,][0-9]{5}E[+-][0-9]{2}");

    /** Groups of three, or the Indian groups of two before the last. */
    private static final String WHOLE = "[0-9]*|[1-9][0-9]{0,2}(G[0-9]{3})+|[1-9][0-9]?(G[0-9]{2})+G[0-9]{3}";

    private static final Pattern BY_DOT = pattern('.', ',');
    private static final Pattern BY_COMMA = pattern(',', '.');

    /** Reads a cell's text, without spaces around it. */
    static NumberCell of(String text) {
        if (text.length() > LONGEST) {
            return NONE;
        }
        if (WHOLE_NUMBER.matcher(text).matches()) {
            BigDecimal whole = new BigDecimal(text);
            return new NumberCell(whole, whole);
        }
        String plain =
                CURRENCY.matcher(text.replace('\u2212', '-')).replaceAll("").strip();
        boolean negative = false;
        if (plain.startsWith("(") && plain.endsWith(")")) {
            negative = true;
            plain = plain.substring(1, plain.length() - 1).strip();
        } else if (plain.startsWith("-") || plain.startsWith("+")) {
            negative = plain.startsWith("-");
            plain = plain.substring(1).strip();
        } else if (plain.endsWith("-")) {
            negative = true;
            plain = plain.substring(0, plain.length() - 1).strip();
        }
        if (plain.startsWith("(") && plain.endsWith(")") && !negative) {
            negative = true;
            plain = plain.substring(1, plain.length() - 1).strip();
        }
        Matcher exponent = EXPONENT.matcher(plain);
        String power = exponent.matches() ? exponent.group(2) : "";
        String mantissa = exponent.matches() ? exponent.group(1) : plain;
        boolean gapped = GAPPED.matcher(mantissa).matches();
        String digits = gapped ? GAPS.matcher(mantissa).replaceAll("") : mantissa;
        return new NumberCell(
                value(digits, power, DecimalMark.DOT, gapped, negative),
                value(digits, power, DecimalMark.COMMA, gapped, negative));
    }

    /** Whether a spreadsheet has rounded it to six digits. */
    static boolean isRounded(String text) {
        return ROUNDED.matcher(text).matches();
    }

    boolean isNumber() {
        return dot != null || comma != null;
    }

    /** Whether it has two readings. */
    boolean isUnclear() {
        return dot != null && comma != null && dot.compareTo(comma) != 0;
    }

    /** Its value by a mark; the only one when it has one. */
    BigDecimal value(DecimalMark mark) {
        if (dot == null || comma == null) {
            return dot == null ? comma : dot;
        }
        return mark == DecimalMark.DOT ? dot : comma;
    }

    /** The decimal mark that it shows; null when it may be either. */
    DecimalMark shownMark() {
        if (dot == null && comma == null || dot != null && comma != null) {
            return null;
        }
        return dot == null ? DecimalMark.COMMA : DecimalMark.DOT;
    }

    private static BigDecimal value(String digits, String power, DecimalMark mark, boolean gapped, boolean negative) {
        char thousands = mark.other().character();
        boolean grouped = digits.indexOf(thousands) >= 0;
        if (gapped && grouped
                || !(mark == DecimalMark.DOT ? BY_DOT : BY_COMMA)
                        .matcher(digits)
                        .matches()) {
            return null;
        }
        String plain = digits.replace(Character.toString(thousands), "").replace(',', '.');
        if (plain.isEmpty() || plain.equals(".")) {
            return null;
        }
        String whole = plain.startsWith(".") ? "0" + plain : plain;
        return Decimals.parse((negative ? "-" : "") + whole + power).orElse(null);
    }

    private static Pattern pattern(char decimal, char thousands) {
        return Pattern.compile("(" + WHOLE.replace("G", "[" + thousands + "]") + ")([" + decimal + "][0-9]*)?");
    }
}
