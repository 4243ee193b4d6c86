package io.tradosphere.signal.trade.imports;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A file as it was sent, which is also by what the same request is known again.
 *
 * @param text without a byte order mark
 * @param timeZone whose clock times without an offset are of
 * @param broker what the file's broker is to be called; null for its format's title
 */
record Upload(String text, ZoneId timeZone, String broker) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Reads a request: UTF-8, or UTF-16 with a byte order mark, as spreadsheets save it.
     *
     * @param timeZone null or empty for UTC
     * @param broker null or empty for the title of the format
     * @throws Problem {@code malformed-body} (400), {@code invalid-request} (400)
     */
    static Upload of(byte[] body, String timeZone, String broker) {
        ByteBuffer bytes = ByteBuffer.wrap(body == null ? new byte[0] : body);
        try {
            String text = charset(bytes).newDecoder().decode(bytes).toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return new Upload(
                    marked ? text.substring(1) : text,
                    zone(timeZone),
                    broker == null || broker.isEmpty() ? null : broker);
        } catch (CharacterCodingException other) {
            throw Problems.MALFORMED_BODY.because("The file is not text in UTF-8.");
        }
    }

    private static Charset charset(ByteBuffer bytes) {
        boolean marked =
                bytes.remaining() >= 2 && (bytes.getShort(0) == (short) 0xFEFF || bytes.getShort(0) == (short) 0xFFFE);
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static ZoneId zone(String name) {
        if (name == null || name.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            String message = "is a time zone such as Europe/Athens or America/Chicago";
            throw Problems.INVALID_REQUEST.because(
                    "timeZone " + message + ".", List.of(new Violation("timeZone", message)));
        }
    }
}
