package io.tradosphere.gateway.docs;

import io.tradosphere.gateway.http.Responses;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** HTML pages that load nothing from other hosts. */
final class Html {

    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private Html() {}

    /** A complete page with this content. */
    static Buffer page(String title, String content) {
        return Buffer.buffer("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s – TradoSphere</title>
                <link rel="stylesheet" href="/docs/assets/docs.css">
                </head>
                <body>
                <nav><a href="/docs">API</a> <a href="/docs/events">Events</a> <a href="/docs/problems">Problems</a></nav>
                <main>
                <h1>%1$s</h1>
                %2$s
                </main>
                </body>
                </html>
                """.formatted(escape(title), content));
    }

    /** Escapes text for an element or a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static void send(HttpServerRequest request, Buffer page) {
        request.response().putHeader("Content-Security-Policy", POLICY);
        Responses.send(request, "text/html; charset=utf-8", page);
    }
}
