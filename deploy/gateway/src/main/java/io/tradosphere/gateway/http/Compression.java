package io.tradosphere.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * The choice of responses that are sent with gzip: text over 1 KB, when the client accepts it. Event streams are never
 * compressed.
 *
 * <p>A strong {@code ETag} names exact bytes. A compressed response has {@code -gzip} in its tag. The gateway removes
 * that from a client's conditions, so the service sees its own tag.
 */
public final class Compression {

    /** The least number of bytes that are worth compressing. */
    private static final int LEAST = 1_024;

    private static final String SUFFIX = "-gzip\"";
    private static final String EVENT_STREAM = "text/event-stream";

    private Compression() {}

    /** Whether the client accepts gzip. */
    public static boolean isAccepted(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_1_0 || request.method().equals(HttpMethod.HEAD)) {
            return false;
        }
        List<String> accepted = request.headers().getAll(HttpHeaders.ACCEPT_ENCODING);
        if (accepted.isEmpty()) {
            return false;
        }
        boolean any = false;
        for (String coding : String.join(",", accepted).toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", -1);
            String name = parts[0].strip();
            boolean wanted = parts.length == 1 || !isZero(parts[1]);
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return wanted;
            }
            any |= name.equals("*") && wanted;
        }
        return any;
    }

    private static boolean isZero(String quality) {
        return quality.strip().matches("q\\s*=\\s*0(\\.0*)?");
    }

    /** Whether responses of a media type depend on {@code Accept-Encoding}. */
    public static boolean isText(String mediaType) {
        return mediaType != null
                && !mediaType.startsWith(EVENT_STREAM)
                && (mediaType.startsWith("text/")
                        || mediaType.startsWith("application/json")
                        || mediaType.contains("+json")
                        || mediaType.startsWith("application/yaml"));
    }

    /**
     * Whether a response is to be compressed.
     *
     * @param headers of the response
     * @param length of the body, or -1 when unknown
     */
    public static boolean applies(HttpServerRequest request, int status, MultiMap headers, long length) {
        String cacheControl = headers.get(HttpHeaders.CACHE_CONTROL);
        return status != 204
                && status != 206
                && status != 304
                && (length < 0 || length > LEAST)
                && !headers.contains(HttpHeaders.CONTENT_ENCODING)
                && isText(headers.get(HttpHeaders.CONTENT_TYPE))
                && (cacheControl == null || !cacheControl.contains("no-transform"))
                && isAccepted(request);
    }

    /** Marks a response as compressed. Its length is no longer known. */
    public static void mark(MultiMap headers) {
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        markTag(headers);
    }

    /** Adds the suffix to a strong tag. */
    public static void markTag(MultiMap headers) {
        String tag = headers.get(HttpHeaders.ETAG);
        if (tag != null && tag.startsWith("\"") && tag.length() > 1) {
            headers.set(HttpHeaders.ETAG, tag.substring(0, tag.length() - 1) + SUFFIX);
        }
    }

    /** Whether a client's condition names a tag of a compressed response. */
    public static boolean isNamedBy(String condition) {
        return condition != null && condition.contains(SUFFIX);
    }

    /** Removes the suffix from the tags in a request's conditions. */
    public static void restoreTags(MultiMap headers) {
        restore(headers, HttpHeaders.IF_MATCH);
        restore(headers, HttpHeaders.IF_NONE_MATCH);
    }

    private static void restore(MultiMap headers, CharSequence name) {
        if (isNamedBy(headers.get(name))) {
            headers.set(
                    name.toString(),
                    headers.getAll(name).stream()
                            .map(value -> value.replace(SUFFIX, "\""))
                            .toList());
        }
    }

    /** Compresses a whole body. */
    public static Buffer compress(Buffer body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length() / 3 + 64);
        try (FastGzip gzip = new FastGzip(compressed)) {
            gzip.write(body.getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Buffer.buffer(compressed.toByteArray());
    }
}
