package io.tradosphere.stripefake.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.http.HttpAnswer;
import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A redo log: each request that may change something, each timer that ran and each move of the clock, in their order, as a
 * line of JSON. The fake draws ids from a seed, so the same lines make the same objects again. A line is in the file before
 * anybody hears the answer. Used under the world's lock.
 */
public final class Journal {

    /** Bytes. All of it is done again at a start. */
    private static final long LARGEST = 32 << 20;

    private static final Set<String> HEADERS =
            Set.of("authorization", "stripe-account", "stripe-version", "content-type", "idempotency-key");

    private final Path file;
    private FileChannel channel;

    private Journal(Path file) {
        this.file = file;
    }

    /** A journal in this file, which {@link #begin} or {@link #resume} opens; null: it keeps nothing. */
    public static Journal in(Path file) {
        return new Journal(file);
    }

    /**
     * What the file has: its complete lines, the first of which is the heading. A process that was killed may have left half
     * a line.
     */
    public List<String> read() {
        if (file == null || !Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Begins anew with this heading. What the file had is gone. */
    public void begin(ObjectNode heading) {
        if (file == null) {
            return;
        }
        try {
            close();
            Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), line(heading));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Goes on after the last complete line. */
    public void resume() {
        try {
            String text = Files.readString(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.truncate(text.substring(0, text.lastIndexOf('\n') + 1).getBytes(StandardCharsets.UTF_8).length);
            channel.position(channel.size());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Puts the file aside, as one that cannot be repeated. */
    public void putAside() {
        try {
            Files.move(
                    file, file.resolveSibling(file.getFileName() + ".unusable"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Does the work of a request, and writes the request down. One that finds the file full is refused. */
    public HttpAnswer keeping(World world, HttpRequest request, Supplier<HttpAnswer> work) {
        synchronized (world) {
            if (isFull()) {
                return HttpAnswer.json(
                        507,
                        Json.object(
                                "error",
                                Json.object(
                                        "type",
                                        "api_error",
                                        "message",
                                        "The fake keeps " + (LARGEST >> 20) + " MB in " + file.getFileName()
                                                + " and takes no more. Reset it (POST /_fake/reset).")));
            }
            long at = world.clock().now();
            try {
                return work.get();
            } finally {
                if (channel != null) {
                    ObjectNode headers = Json.object();
                    HEADERS.stream()
                            .filter(name -> request.header(name) != null)
                            .forEach(name -> headers.put(name, request.header(name)));
                    write(
                            world,
                            at,
                            Json.object(
                                    "method", request.method(),
                                    "path", request.path(),
                                    "query", request.query(),
                                    "headers", headers,
                                    "body", request.body()));
                }
            }
        }
    }

    /** Writes down that a timer runs now. */
    public void timer(World world, String key) {
        write(world, world.clock().now(), Json.object("timer", key));
    }

    /** Writes down that the clock was moved to where it is now. */
    public void moved(World world) {
        write(world, world.clock().now(), Json.object());
    }

    /** Writes nothing more. */
    public void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private boolean isFull() {
        try {
            return channel != null && channel.size() >= LARGEST;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void write(World world, long at, ObjectNode what) {
        if (channel == null) {
            return;
        }
        what.put("at", at)
                .put("real_time", System.currentTimeMillis() / 1000)
                .put("ids", world.ids().drawn());
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line(what).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String line(ObjectNode line) {
        return line.toString() + "\n";
    }
}
