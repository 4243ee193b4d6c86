package io.tradosphere.signal.trade.imports;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.text.TextCharacters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HexFormat;

/** Decodes a file: by its byte order mark, or else by the declared charset, or else as UTF-8. */
final class FileText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The first bytes of workbooks: of the older and of the newer kind. */
    private static final String OLD_WORKBOOK = "d0cf11e0";

    private static final String ZIP = "504b0304";

    private FileText() {}

    /**
     * The text of a file, without a byte order mark.
     *
     * @param declared the declared charset; null when there is none
     * @throws Problem {@code malformed-body} (400)
     */
    static String of(byte[] file, String declared) {
        String begin = HexFormat.of().formatHex(file, 0, Math.min(4, file.length));
        if (begin.equals(OLD_WORKBOOK) || begin.equals(ZIP)) {
            throw ProblemKind.MALFORMED_BODY.because("The file is a workbook or an archive; save the table as CSV.");
        }
        Charset charset = charset(file, begin, declared);
        try {
            String text = TextCharacters.normalized(
                    charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw ProblemKind.MALFORMED_BODY.because("The file is not text in " + charset
                    + "; declare its charset in Content-Type, such as text/csv; charset=windows-1252.");
        }
    }

    private static Charset charset(byte[] file, String begin, String declared) {
        if (begin.startsWith("feff") || begin.startsWith("fffe")) {
            return StandardCharsets.UTF_16;
        }
        if (declared == null || begin.startsWith("efbbbf")) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(declared);
            // Without a byte order mark the standard says big-endian, and spreadsheets write little-endian.
            boolean littleEndian = charset.equals(StandardCharsets.UTF_16) && file.length > 1 && file[1] == 0;
            return littleEndian ? StandardCharsets.UTF_16LE : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw ProblemKind.MALFORMED_BODY.because(
                    "The charset in Content-Type is not known; such as UTF-8, windows-1252 or UTF-16 are.");
        }
    }
}
