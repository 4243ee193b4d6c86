package io.tradosphere.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A stream that compresses another one with gzip. */
public final class GzipStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> source;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final FastGzip gzip;
    private Handler<Buffer> handler;

    /** Compresses what {@code source} emits. */
    public GzipStream(ReadStream<Buffer> source) {
        this.source = source;
        try {
            this.gzip = new FastGzip(compressed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public GzipStream handler(Handler<Buffer> handler) {
        this.handler = handler;
        source.handler(handler == null ? null : this::compress);
        return this;
    }

    private void compress(Buffer piece) {
        try {
            gzip.write(piece.getBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        passOn();
    }

    private void passOn() {
        if (compressed.size() > 0 && handler != null) {
            Buffer ready = Buffer.buffer(compressed.toByteArray());
            compressed.reset();
            handler.handle(ready);
        }
    }

    @Override
    public GzipStream endHandler(Handler<Void> handler) {
        source.endHandler(
                handler == null
                        ? null
                        : end -> {
                            close();
                            passOn();
                            handler.handle(end);
                        });
        return this;
    }

    @Override
    public GzipStream exceptionHandler(Handler<Throwable> handler) {
        source.exceptionHandler(
                handler == null
                        ? null
                        : failure -> {
                            close();
                            handler.handle(failure);
                        });
        return this;
    }

    private void close() {
        try {
            gzip.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public GzipStream pause() {
        source.pause();
        return this;
    }

    @Override
    public GzipStream resume() {
        source.resume();
        return this;
    }

    @Override
    public GzipStream fetch(long amount) {
        source.fetch(amount);
        return this;
    }
}
