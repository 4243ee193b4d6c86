package io.tradosphere.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * A client of one person's event stream. When the stream ends it opens another one, after the last event it has received.
 */
public final class EventStream {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final Executor LATER = CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS);

    private final HttpClient http;
    private final URI address;
    private final String token;
    private final Listener listener;
    private volatile String lastEventId;
    private volatile boolean closed;
    private volatile long opened;

    /** What happens with the events. */
    public interface Listener {

        /**
         * An event, in the order of the stream.
         *
         * @param name such as {@code message}
         */
        void received(String name, JsonNode data);
    }

    /**
     * A stream that is not open yet.
     *
     * @param gateway the gateway's URL
     * @param token the person's token
     */
    public EventStream(HttpClient http, String gateway, String token, Listener listener) {
        this.http = http;
        this.address = URI.create(gateway + "/v1/realtime");
        this.token = token;
        this.listener = listener;
    }

    /** How often a stream was opened after the first. */
    public long reopened() {
        return Math.max(0, opened - 1);
    }

    /** Opens the stream, and another one whenever it ends. */
    public void open() {
        if (closed) {
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        http.sendAsync(
                        request.build(),
                        head -> head.statusCode() == OK
                                ? HttpResponse.BodySubscribers.fromLineSubscriber(new Lines())
                                : HttpResponse.BodySubscribers.replacing(null))
                .whenCompleteAsync((response, failure) -> open(), LATER);
    }

    /** Whether the stream has begun once. From then on it owes every event. */
    public boolean hasBegun() {
        return lastEventId != null;
    }

    /** Opens no other stream. */
    public void close() {
        closed = true;
    }

    /** Reads the lines of one stream. */
    private final class Lines implements Flow.Subscriber<String> {

        private String id;
        private String name = "";
        private String data = "";

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            // One stream at a time, so no other thread writes it.
            opened = opened + 1;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.isEmpty()) {
                event();
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            }
        }

        private void event() {
            if (name.isEmpty()) {
                return;
            }
            try {
                listener.received(name, JSON.readTree(data));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            lastEventId = id;
            name = "";
        }

        @Override
        public void onError(Throwable failure) {
            // The response's future fails with it as well.
        }

        @Override
        public void onComplete() {
            // The response's future completes as well.
        }
    }
}
