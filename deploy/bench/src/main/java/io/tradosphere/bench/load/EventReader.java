package io.tradosphere.bench.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads the bytes of one HTTP response with server-sent events, chunked or not. It keeps only what is incomplete. */
final class EventReader {

    private static final int OK = 200;
    private static final byte[] EMPTY = {};

    /** What happens in the response. */
    interface Listener {

        /** The head is complete, with that status. */
        void began(int status);

        /** A complete line, without its end. */
        void line(String line);
    }

    private enum State {
        HEAD,
        PLAIN,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END
    }

    private final Listener listener;
    private State state = State.HEAD;
    private byte[] pending = EMPTY;
    private int length;
    private int chunkLeft;

    EventReader(Listener listener) {
        this.listener = listener;
    }

    /** Reads what has arrived. */
    void read(Buffer arrived) {
        for (int i = 0; i < arrived.length(); i++) {
            read(arrived.getByte(i));
        }
        if (length == 0) {
            pending = EMPTY;
        }
    }

    private void read(byte next) {
        switch (state) {
            case HEAD -> head(next);
            case PLAIN -> body(next);
            case CHUNK_SIZE -> chunkSize(next);
            case CHUNK -> chunk(next);
            case CHUNK_END -> {
                if (next == '\n') {
                    state = State.CHUNK_SIZE;
                }
            }
        }
    }

    private void head(byte next) {
        keep(next);
        if (next != '\n' || length < 4 || pending[length - 2] != '\r' || pending[length - 3] != '\n') {
            return;
        }
        String head = taken();
        int status = Integer.parseInt(head.substring(9, 12));
        boolean isChunked = head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked");
        state = isChunked ? State.CHUNK_SIZE : State.PLAIN;
        listener.began(status);
    }

    private void chunkSize(byte next) {
        if (next == '\n') {
            state = chunkLeft == 0 ? State.CHUNK_END : State.CHUNK;
        } else if (next != '\r') {
            chunkLeft = chunkLeft * 16 + Character.digit(next, 16);
        }
    }

    private void chunk(byte next) {
        body(next);
        if (--chunkLeft == 0) {
            state = State.CHUNK_END;
        }
    }

    private void body(byte next) {
        if (next == '\n') {
            listener.line(taken());
        } else {
            keep(next);
        }
    }

    private void keep(byte next) {
        if (length == pending.length) {
            pending = Arrays.copyOf(pending, Math.max(256, 2 * length));
        }
        pending[length++] = next;
    }

    private String taken() {
        String text = new String(pending, 0, length, StandardCharsets.UTF_8);
        length = 0;
        return text;
    }

    /** Whether the status says that events follow. */
    static boolean isExpected(int status) {
        return status == OK;
    }
}
