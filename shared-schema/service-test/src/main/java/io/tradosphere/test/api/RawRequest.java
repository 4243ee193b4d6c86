package io.tradosphere.test.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A raw HTTP request.
 *
 * @param about what is unusual about it, for the report
 * @param target path and query, sent unchanged
 * @param headers sent unchanged, in ISO 8859-1
 * @param body null for none
 */
record RawRequest(String about, String method, String target, Map<String, String> headers, byte[] body) {

    RawRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new RawRequest(about, method, target, more, body);
    }

    RawRequest without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new RawRequest(about, method, target, fewer, body);
    }

    RawRequest with(byte[] otherBody) {
        return new RawRequest(about, method, target, headers, otherBody);
    }

    RawRequest to(String otherTarget) {
        return new RawRequest(about, method, otherTarget, headers, body);
    }

    RawRequest by(String otherMethod) {
        return new RawRequest(about, otherMethod, target, headers, body);
    }

    RawRequest being(String odd) {
        return new RawRequest(odd, method, target, headers, body);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body != null && !headers.containsKey("Transfer-Encoding")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return about + ": " + method + " " + (target.length() > 150 ? target.substring(0, 150) + "…" : target);
    }
}
