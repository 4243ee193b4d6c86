package io.tradosphere.signal.trade.imports;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the caller must know about a line of a file.
 *
 * @param line its number in the file, the first being 1
 * @param result {@code accepted} when it was entered as a trade, {@code skipped} when nothing is wrong with it,
 *     {@code rejected} when it must be corrected
 * @param reason why it was not entered, or what was not certain about it
 */
@Schema(name = "ImportLine")
record LineResult(
        long line,
        @Schema(enumeration = {ACCEPTED, SKIPPED, REJECTED}) String result,
        String reason) {

    static final String ACCEPTED = "accepted";
    static final String SKIPPED = "skipped";
    static final String REJECTED = "rejected";

    static LineResult accepted(long line, String notice) {
        return new LineResult(line, ACCEPTED, notice);
    }

    static LineResult skipped(long line, String reason) {
        return new LineResult(line, SKIPPED, reason);
    }

    static LineResult rejected(long line, String reason) {
        return new LineResult(line, REJECTED, reason);
    }
}
