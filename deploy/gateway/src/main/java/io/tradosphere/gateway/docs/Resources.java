package io.tradosphere.gateway.docs;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The resources that are packaged with the gateway or its dependencies. */
final class Resources {

    private Resources() {}

    /**
     * Reads a resource.
     *
     * @param name from the root of the class path, without a leading slash
     * @return null when there is no such resource
     */
    static Buffer find(String name) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return in == null ? null : Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    /** Reads a resource that is part of the build. */
    static Buffer read(String name) {
        Buffer found = find(name);
        if (found == null) {
            throw new IllegalStateException(name + " is not on the class path. Build the gateway again.");
        }
        return found;
    }

    /** Whether a path's last segment is a plain file name. */
    static boolean isFileName(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(c -> c < 0x7f && isFileNameCharacter((char) c));
    }

    private static boolean isFileNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
}
