package io.tradosphere.gateway.docs;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that are packaged with the gateway or the libraries it depends on. */
final class Resources {

    private Resources() {}

    /**
     * Reads one.
     *
     * @param name from the root of the class path, without a slash in front
     * @return null when there is none
     */
    static Buffer find(String name) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return in == null ? null : Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    /** Reads one that is part of the build. */
    static Buffer read(String name) {
        Buffer found = find(name);
        if (found == null) {
            throw new IllegalStateException(name + " is not on the class path; build the gateway again");
        }
        return found;
    }

    /** Whether a path's last segment can be the name of a file, and of nothing else. */
    static boolean isFileName(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(c -> c < 0x7f && isFileNameCharacter((char) c));
    }

    private static boolean isFileNameCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
}
