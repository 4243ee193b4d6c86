package io.tradosphere.gateway.docs;

import io.tradosphere.http.ProblemKind;
import io.tradosphere.http.ProblemTexts;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages that explain each problem type. */
@Singleton
class ProblemPages {

    private static final String INTRODUCTION = """
            <p>The <code>type</code> of an error ends in one of these.</p>
            <table>
            <tr><th>Kind</th><th>Status</th><th>Title</th></tr>
            """;

    private final Map<String, Buffer> pages = new LinkedHashMap<>();
    private final Buffer index;

    ProblemPages() {
        ProblemTexts.read().forEach((kind, text) -> pages.put(kind.id(), page(kind, text)));
        String rows = Arrays.stream(ProblemKind.values()).map(ProblemPages::row).collect(Collectors.joining());
        index = Html.page("Problems", INTRODUCTION + rows + "</table>");
    }

    Buffer index() {
        return index;
    }

    /** The page of one problem type; null when the type is unknown. */
    Buffer page(String kind) {
        return pages.get(kind);
    }

    private static Buffer page(ProblemKind kind, ProblemTexts.Text text) {
        String content = "<p><code>%s</code>, status %d</p>\n<p>%s</p>\n<p>%s</p>"
                .formatted(kind.type(), kind.status(), Html.escape(text.meaning()), Html.escape(text.remedy()));
        return Html.page(kind.title(), content);
    }

    private static String row(ProblemKind kind) {
        return "<tr><td><a href=\"/docs/problems/%1$s\">%1$s</a></td><td>%2$d</td><td>%3$s</td></tr>\n"
                .formatted(kind.id(), kind.status(), Html.escape(kind.title()));
    }
}
