package io.tradosphere.gateway.http;

import io.tradosphere.http.HttpLimits;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A validator of request headers. It refuses what a service could interpret differently from the gateway. */
public final class RequestHeaders {

    private static final boolean[] TOKEN = new boolean[0x7f];

    /** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");

    static {
        for (char c = '!'; c < TOKEN.length; c++) {
            TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
    }

    private RequestHeaders() {}

    /** The problem with a request's headers; null when there is none. */
    public static Problem problemOf(HttpServerRequest request) {
        MultiMap headers = request.headers();
        int characters = 0;
        for (Map.Entry<String, String> header : headers) {
            if (!isToken(header.getKey())) {
                return ProblemKind.BAD_REQUEST.because("A header's name must be a token, such as If-Match.");
            }
            if (!isText(header.getValue())) {
                return ProblemKind.BAD_REQUEST.because("A header's value must not contain control characters.");
            }
            characters += header.getKey().length() + header.getValue().length();
        }
        if (characters > HttpLimits.HEADER_CHARACTERS) {
            return ProblemKind.HEADERS_TOO_LARGE.because(
                    "All headers together may have at most " + HttpLimits.HEADER_CHARACTERS + " characters.");
        }
        List<String> hosts = headers.getAll(HttpHeaders.HOST);
        boolean required = request.version() != HttpVersion.HTTP_1_0;
        if (hosts.size() > 1
                || (hosts.isEmpty() && required)
                || (!hosts.isEmpty() && !HOST.matcher(hosts.get(0)).matches())) {
            return ProblemKind.BAD_REQUEST.because("Send exactly one Host header, with a host and an optional port.");
        }
        return problemOfFraming(headers, required);
    }

    private static Problem problemOfFraming(MultiMap headers, boolean chunkedAllowed) {
        List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH);
        boolean good = encodings.isEmpty()
                ? lengths.size() <= 1
                : chunkedAllowed
                        && lengths.isEmpty()
                        && encodings.size() == 1
                        && encodings.get(0).equals("chunked");
        return good
                ? null
                : ProblemKind.BAD_REQUEST.because("Send either Transfer-Encoding: chunked or one Content-Length.");
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
