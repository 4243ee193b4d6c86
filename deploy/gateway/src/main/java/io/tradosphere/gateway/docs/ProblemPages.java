package io.tradosphere.gateway.docs;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What each kind of problem means, from {@code problems.json}. */
@Singleton
class ProblemPages {

    private static final String INTRODUCTION = """
            <p>The <code>type</code> of an error ends in one of these.</p>
            <table>
            <tr><th>Kind</th><th>Status</th><th>Title</th></tr>
            """;

    private final Map<String, Buffer> pages = new LinkedHashMap<>();
    private final Buffer index;

    /** Entries have {@code kind}, {@code status}, {@code title}, {@code meaning} and {@code remedy}. */
    ProblemPages() {
        JsonArray entries = new JsonArray(Resources.read("problems.json"));
        entries.stream().map(JsonObject.class::cast).forEach(entry -> pages.put(entry.getString("kind"), page(entry)));
        index = Html.page("Problems", INTRODUCTION + rows(entries) + "</table>");
    }

    private static String rows(JsonArray entries) {
        return entries.stream()
                .map(JsonObject.class::cast)
                .map(ProblemPages::row)
                .collect(Collectors.joining());
    }

    Buffer index() {
        return index;
    }

    /** The page of one kind; null when there is no such kind. */
    Buffer page(String kind) {
        return pages.get(kind);
    }

    private static Buffer page(JsonObject entry) {
        String content = "<p><code>https://tradosphere.io/problems/%s</code>, status %d</p>\n<p>%s</p>\n<p>%s</p>"
                .formatted(
                        text(entry, "kind"), entry.getInteger("status"), text(entry, "meaning"), text(entry, "remedy"));
        return Html.page(entry.getString("title"), content);
    }

    private static String row(JsonObject entry) {
        return "<tr><td><a href=\"/docs/problems/%1$s\">%1$s</a></td><td>%2$d</td><td>%3$s</td></tr>\n"
                .formatted(text(entry, "kind"), entry.getInteger("status"), text(entry, "title"));
    }

    private static String text(JsonObject entry, String field) {
        return Html.escape(entry.getString(field, ""));
    }
}
