package io.tradosphere.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of event streams: each has one connection of its own. All run on the generator's event loop. A client that has been
 * closed resumes after the last event that it has seen.
 */
public final class StreamClients {

    private static final int CONNECT_TIMEOUT_MILLIS = 60_000;
    private static final int MAX_AT_ONCE = 256;
    private static final long BEFORE_RETRY_MILLIS = 1_000;

    private final LoadGenerator generator;
    private final Target target;
    private final Opening opening;
    private final Listener listener;
    private final NetClient net;
    private final List<Client> clients = new ArrayList<>();
    private String firstFailure;
    private int refused;
    private int ended;

    /** The request that opens a stream. */
    @FunctionalInterface
    public interface Opening {

        /**
         * The head of the request, without the empty line at its end.
         *
         * @param number the client
         * @param lastEventId the id of the last event that the client has seen; null for none
         */
        String head(int number, String lastEventId);
    }

    /** Receives what the events say. */
    @FunctionalInterface
    public interface Listener {

        /**
         * A client has received an event.
         *
         * @param number the client
         * @param data the event's data
         */
        void received(int number, String data);
    }

    /**
     * @param generator runs the clients
     * @param target the server
     * @param opening the request of each client
     * @param listener receives events, on the event loop
     */
    public StreamClients(LoadGenerator generator, Target target, Opening opening, Listener listener) {
        this.generator = generator;
        this.target = target;
        this.opening = opening;
        this.listener = listener;
        this.net = generator
                .vertx()
                .createNetClient(new NetClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setTcpNoDelay(true));
    }

    /** Opens that many streams, some hundred at a time. Returns how long it took, in seconds. */
    public double open(int count) {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(i));
        }
        return openAll(MAX_AT_ONCE);
    }

    /** Closes all connections and opens them again, all at the same time. Returns how long it took, in seconds. */
    public double reconnect() {
        close();
        return openAll(clients.size());
    }

    /** Closes all connections. */
    public void close() {
        generator.await(() -> Future.join(clients.stream().map(Client::close).toList()));
    }

    /** How often a stream could not be opened and was tried again a second later. */
    public int refused() {
        return generator.compute(() -> refused);
    }

    /** How many streams ended although nobody closed them. */
    public int ended() {
        return generator.compute(() -> ended);
    }

    /** Why the first was refused or ended; null for none. */
    public String firstFailure() {
        return firstFailure;
    }

    private double openAll(int atOnce) {
        return generator.await(() -> {
            Promise<Double> done = Promise.promise();
            new Wave(done, atOnce).begin();
            return done.future();
        });
    }

    /** Opens all clients, so many at once. */
    private final class Wave {
        private final long startedAt = System.nanoTime();
        private final Promise<Double> done;
        private final int atOnce;
        private int next;
        private int open;

        Wave(Promise<Double> done, int atOnce) {
            this.done = done;
            this.atOnce = atOnce;
        }

        void begin() {
            while (next < Math.min(atOnce, clients.size())) {
                openNext();
            }
        }

        private void openNext() {
            open(clients.get(next++));
        }

        private void open(Client client) {
            client.open()
                    .onSuccess(opened -> {
                        if (++open == clients.size()) {
                            done.complete((System.nanoTime() - startedAt) / 1e9);
                        } else if (next < clients.size()) {
                            openNext();
                        }
                    })
                    .onFailure(refusal -> generator.vertx().setTimer(BEFORE_RETRY_MILLIS, now -> open(client)));
        }
    }

    private final class Client implements EventReader.Listener {
        private final int number;
        private String lastEventId;
        private NetSocket socket;
        private Promise<Void> begun;

        Client(int number) {
            this.number = number;
        }

        Future<Void> open() {
            begun = Promise.promise();
            net.connect(target.port(), target.host()).onComplete(connected -> {
                if (connected.succeeded()) {
                    send(connected.result());
                } else {
                    failed(String.valueOf(connected.cause()));
                }
            });
            return begun.future();
        }

        private void send(NetSocket connection) {
            socket = connection;
            connection.handler(new EventReader(this)::read);
            connection.exceptionHandler(failure -> {
                // The close handler follows.
            });
            connection.closeHandler(closed -> {
                if (socket == connection) {
                    socket = null;
                    failed("the connection was closed");
                }
            });
            connection.write(
                    Buffer.buffer((opening.head(number, lastEventId) + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        }

        Future<Void> close() {
            NetSocket connection = socket;
            socket = null;
            return connection == null ? Future.succeededFuture() : connection.close();
        }

        private void failed(String reason) {
            if (firstFailure == null) {
                firstFailure = reason;
            }
            if (begun.tryFail(reason)) {
                refused++;
            } else {
                ended++;
            }
        }

        @Override
        public void began(int status) {
            if (EventReader.isExpected(status)) {
                begun.tryComplete();
            } else {
                close();
                failed("status " + status);
            }
        }

        @Override
        public void line(String line) {
            if (line.startsWith("id: ")) {
                lastEventId = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                listener.received(number, line.substring("data: ".length()));
            }
        }
    }
}
