package io.tradosphere.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stub of an OpenTelemetry collector: it takes spans by OTLP over HTTP and keeps them. */
final class Collector implements AutoCloseable {

    /** The fields of opentelemetry/proto/trace/v1/trace.proto that are read here. */
    private static final int RESOURCE = 1;

    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /**
     * A span.
     *
     * @param kind 2: SERVER, 4: PRODUCER, 5: CONSUMER
     */
    record Span(String service, String trace, String id, String parent, String name, long kind) {}

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/v1/traces", exchange -> {
            take(new Protobuf(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** Its URL, as in {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace so far. */
    List<Span> spansOf(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void take(Protobuf request) {
        for (Protobuf ofResource : request.messages(1)) {
            String service = ofResource.messages(RESOURCE).stream()
                    .flatMap(resource -> resource.messages(1).stream())
                    .filter(attribute -> attribute.text(1).equals("service.name"))
                    .map(attribute -> attribute.messages(2).get(0).text(1))
                    .findFirst()
                    .orElseThrow();
            for (Protobuf ofScope : ofResource.messages(SCOPE_SPANS)) {
                for (Protobuf span : ofScope.messages(SPANS)) {
                    spans.add(new Span(service, span.hex(1), span.hex(2), span.hex(4), span.text(5), span.number(6)));
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
