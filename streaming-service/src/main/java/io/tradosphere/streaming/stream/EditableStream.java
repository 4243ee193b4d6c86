package io.tradosphere.streaming.stream;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Locale;

/**
 * The fields of a live stream that its creator can edit.
 *
 * @param title the title, of 1 to 200 characters
 * @param currentSymbol what is being looked at, in any case; null for none
 */
record EditableStream(
        @NotNull(message = "is required")
        @FreeText
        @Pattern(regexp = NewStream.TITLE, message = NewStream.TITLE_MESSAGE)
        String title,

        @Nullable @Pattern(regexp = NewStream.SYMBOL, message = NewStream.SYMBOL_MESSAGE)
        String currentSymbol) {

    static EditableStream of(StreamView stream) {
        return new EditableStream(stream.title(), stream.currentSymbol());
    }

    /** The same with the symbol in upper case. */
    EditableStream canonical() {
        return new EditableStream(title, currentSymbol == null ? null : currentSymbol.toUpperCase(Locale.ROOT));
    }
}
