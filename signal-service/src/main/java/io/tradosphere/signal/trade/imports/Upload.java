package io.tradosphere.signal.trade.imports;

import io.tradosphere.http.Problem;
import io.tradosphere.signal.trade.Times;
import java.time.ZoneId;

/**
 * An uploaded file and its options; also the fingerprint by which a repeated request is recognised.
 *
 * @param text without a byte order mark
 * @param timeZone the time zone of times without an offset
 * @param broker the broker's name; null for the format's title
 * @param mapping the name of the mapping of its columns; null for a format that is known
 * @param isPreview whether nothing is to be entered
 */
record Upload(String text, ZoneId timeZone, String broker, String mapping, boolean isPreview) {

    /**
     * Reads a request.
     *
     * @param charset the declared charset; null when there is none
     * @param timeZone null or empty for UTC
     * @param broker null or empty for the title of the format
     * @throws Problem {@code malformed-body} (400), {@code invalid-request} (400)
     */
    static Upload of(byte[] body, String charset, String timeZone, String broker, String mapping, boolean isPreview) {
        return new Upload(
                FileText.of(body == null ? new byte[0] : body, charset),
                Times.zone(timeZone),
                broker == null || broker.isEmpty() ? null : broker,
                mapping == null || mapping.isEmpty() ? null : mapping,
                isPreview);
    }
}
