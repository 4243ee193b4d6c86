package io.tradosphere.stripefake.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fake's pages: plain HTML with forms, which tests post to as a browser would. */
public final class Html {

    private Html() {}

    /** A whole page. The body is HTML. */
    public static HttpAnswer page(String title, String body) {
        return HttpAnswer.html(
                200,
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + text(title) + "</title>"
                        + "<style>body{font:16px/1.5 sans-serif;max-width:36em;margin:2em auto;padding:0 1em}"
                        + "form{margin:.6em 0}.note{background:#fe9;padding:.4em .8em}</style></head><body>"
                        + "<p class=\"note\">This is a fake of Stripe. No money moves here.</p><h1>" + text(title)
                        + "</h1>" + body + "</body></html>");
    }

    /** A page that says there is nothing. */
    public static HttpAnswer gone(String title) {
        return HttpAnswer.html(404, page(title, "").body());
    }

    /** A form with one button. The fields are HTML. */
    public static String form(String action, String fields, String button) {
        return "<form method=\"post\" action=\"" + text(action) + "\">" + fields + "<button>" + text(button)
                + "</button></form>";
    }

    /** A text field. */
    public static String field(String name, String label, String value) {
        return "<label>" + text(label) + " <input name=\"" + text(name) + "\" value=\"" + text(value) + "\"></label> ";
    }

    /** A link. */
    public static String link(String url, String words) {
        return "<p><a href=\"" + text(url) + "\">" + text(words) + "</a></p>";
    }

    /** A text with everything escaped that means something in HTML. */
    public static String text(String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;");
    }

    /** A text of a document, escaped. */
    public static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "" : text(node.asText());
    }

    /** The fields that a form was sent with. */
    public static Map<String, String> fields(HttpRequest request) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : request.body().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
