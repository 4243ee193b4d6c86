package io.tradosphere.test.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Invalid values of a request, by location. */
final class BadValues {

    private static final String LONG = "x".repeat(70_000);

    /** For path segments and query parameters, with valid and invalid percent-encoding. */
    static final List<String> TEXTS = List.of(
            "",
            "%20",
            "%00",
            "a%00b",
            "%",
            "%zz",
            "%ff",
            "%C3%28",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "..",
            "%2e%2e%2f",
            "%2F",
            "a%2Fb",
            "-1",
            "0",
            "1.5",
            "NaN",
            "9".repeat(40),
            "null",
            "true",
            "%22",
            "'%20OR%201=1--",
            "%5B%5D",
            "me",
            "00000000-0000-0000-0000-000000000000",
            "00000000-0000-0000-0000-00000000000g",
            "1-1-1-1-1",
            "%E2%80%AE",
            "x".repeat(300),
            "+",
            "a+b",
            "%25",
            "%D0%96",
            ";",
            "%3B",
            "*",
            "%0d%0aX-Injected:%201");

    static final List<String> CURSORS = List.of(
            "not-a-cursor!",
            encoded("x"),
            encoded("\0\n\0"),
            encoded("a\nb"),
            encoded("a\nb\nc"),
            encoded("\n"),
            encoded("2026-01-01T00:00:00Z\nnot-a-uuid"),
            encoded("+1000000000-12-31T23:59:59.999999999Z\n" + uuid()),
            encoded("-1000000000-01-01T00:00:00Z\n" + uuid()),
            encoded("9999999999999999999999\n" + uuid()),
            encoded(Long.MIN_VALUE + "\n" + uuid()),
            encoded("2026-01-01T00:00:00Z\n1-1-1-1-1"),
            Base64.getUrlEncoder().encodeToString(new byte[] {(byte) 0xff, '\n', (byte) 0xfe}),
            encoded("é\n" + uuid()));

    static final List<String> LIMITS = List.of(
            "0",
            "-1",
            "101",
            "2147483648",
            "9999999999999999999999",
            "abc",
            "1e2",
            "%201",
            "1.0",
            "0x10",
            "%D9%A1",
            "+5");

    static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "1e99999999999",
            "-1e-99999999999",
            "1e400000000",
            "1e999999999",
            "-0.0",
            "9".repeat(400),
            "\"\"",
            "\" \"",
            "[]",
            "{}",
            "[null]",
            "{\"a\":{\"b\":[]}}",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"😀\"",
            "\"NaN\"",
            "\"" + LONG + "\"",
            "\"'; DROP TABLE profiles; --\"",
            "\"\\u202e\"",
            "\"javascript:alert(1)\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"00000000-0000-0000-0000-00000000000g\"");

    static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "[]",
            "[{}]",
            "{}",
            "0",
            "\"text\"",
            "true",
            "{",
            "{\"a\"",
            "{\"a\":}",
            "{\"a\":1,}",
            "{'a':1}",
            "{a:1}",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "// comment\n{}",
            "{}{}",
            "{} trailing",
            "\uFEFF{}",
            "{\"\":1}",
            "{\"noSuchField\":1}",
            "{\"__proto__\":{}}",
            "{\"@class\":\"java.lang.Runtime\"}",
            "<a/>",
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000),
            "[".repeat(2_000) + "]".repeat(2_000),
            "{\"noSuchField\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}");

    static final List<String> MEDIA_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json; charset=no-such",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "json",
            "/",
            "",
            "application/json, text/plain",
            "application/json;;",
            "*/*",
            "application/" + "x".repeat(500));

    static final List<Map.Entry<String, String>> HEADERS = List.of(
            Map.entry("Accept", "image/png"),
            Map.entry("Accept", "nonsense"),
            Map.entry("Accept", "*/*;q=nonsense"),
            Map.entry("Accept", "application/json;q=0"),
            Map.entry("Accept", "text/html"),
            Map.entry("Accept", ""),
            Map.entry("Accept-Language", "x-" + "y".repeat(500)),
            Map.entry("If-Match", "nonsense"),
            Map.entry("If-Match", "\""),
            Map.entry("If-Match", "\"-1\", W/\"x\""),
            Map.entry("If-Match", ""),
            Map.entry("If-Match", "\"" + "9".repeat(2_000) + "\""),
            Map.entry("Idempotency-Key", ""),
            Map.entry("Idempotency-Key", " "),
            Map.entry("Idempotency-Key", "k".repeat(256)),
            Map.entry("Idempotency-Key", "k".repeat(5_000)),
            Map.entry("Idempotency-Key", "\u00ff\u00e9"),
            Map.entry("Idempotency-Key", "'; --"),
            Map.entry("traceparent", "nonsense"),
            Map.entry("traceparent", "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00"),
            Map.entry("Content-Encoding", "gzip"),
            Map.entry("Expect", "nonsense"),
            Map.entry("X-HTTP-Method-Override", "DELETE"),
            Map.entry("Range", "bytes=0-1"),
            Map.entry("If-None-Match", "*"),
            Map.entry("X-Long", "h".repeat(20_000)),
            Map.entry("Origin", "https://evil.example.com"),
            Map.entry("Cookie", "a=b; ;; =;"));

    static final List<String> AUTHORIZATIONS = List.of(
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer x.y.z",
            "Basic YTpi",
            "Basic",
            "nonsense",
            "bearer a.b",
            "Bearer \u00ff",
            "Bearer " + "a".repeat(8_000),
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
            "Negotiate x",
            "");

    private BadValues() {}

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String uuid() {
        return "6f9d7c1e-52c4-4a7e-9a41-0f1c6f7f2b10";
    }
}
