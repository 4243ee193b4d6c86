package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.streaming.StreamCategory;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that starts a stream.
 *
 * @param title the title, of 1 to 200 characters
 * @param description what it is about, of 1 to 5000 characters; optional
 * @param category what kind of stream it is
 * @param currentSymbol what is being looked at, in any case, such as {@code BTC/USD}; optional
 */
record NewStream(
        @NotNull(message = "is required") @FreeText @Pattern(regexp = TITLE, message = TITLE_MESSAGE)
        String title,

        @FreeText(lines = true)
        @Pattern(regexp = "(?sU)(?=.*\\S).{1,5000}", message = "has 1 to 5000 characters, not all of them spaces")
        String description,

        @NotNull(message = "is required")
        @Pattern(regexp = "ts_journal|competition|analysis", message = "is one of ts_journal, competition, analysis")
        @Schema(implementation = StreamCategory.class)
        String category,

        @Pattern(regexp = SYMBOL, message = SYMBOL_MESSAGE) String currentSymbol) {

    /** Counts code points, as PostgreSQL's {@code char_length} does. */
    static final String TITLE = "(?!\\s)[^\\p{Cntrl}]{1,200}(?<!\\s)";

    static final String TITLE_MESSAGE =
            "has 1 to 200 characters, none of them control characters, no space around them";
    static final String SYMBOL = "[!-~]{1,32}";
    static final String SYMBOL_MESSAGE = "has 1 to 32 plain characters and no spaces, such as BTC/USD";

    /** The symbol in upper case; null for none. */
    String symbol() {
        return currentSymbol == null ? null : currentSymbol.toUpperCase(Locale.ROOT);
    }
}
