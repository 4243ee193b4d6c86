package io.tradosphere.stripefake.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.state.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fake's response.
 *
 * @param status the HTTP status; 0 closes the connection without a word
 * @param headers its headers, with the content type
 * @param body its body
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

    /** No response at all: the connection is closed. */
    public static final HttpAnswer NONE = new HttpAnswer(0, Map.of(), "");

    /** A document. */
    public static HttpAnswer json(int status, JsonNode document) {
        return new HttpAnswer(status, Map.of("content-type", "application/json"), Json.text(document));
    }

    /** A page for people. */
    public static HttpAnswer html(int status, String page) {
        return new HttpAnswer(status, Map.of("content-type", "text/html; charset=utf-8"), page);
    }

    /** On to another page. */
    public static HttpAnswer redirect(String url) {
        return new HttpAnswer(303, Map.of("location", url, "content-type", "text/plain"), "");
    }

    /** The same with one more header. */
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, more, body);
    }
}
