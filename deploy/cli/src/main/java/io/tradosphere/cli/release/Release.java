package io.tradosphere.cli.release;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The last release, as {@code deploy/release.properties} names it.
 *
 * @param commit the full id of its commit
 * @param version its version, such as {@code 0.1.0}
 */
public record Release(String commit, String version) {

    private static final String FILE = "deploy/release.properties";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * The release that a clone names.
     *
     * @throws StackException when the file is missing, or its commit is no full id; one line
     */
    public static Release of(Checkout checkout) {
        Path file = checkout.resolve(FILE);
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException e) {
            throw new StackException("Cannot read " + FILE + ": " + e.getMessage(), e);
        }
        String commit = values.getProperty("commit", "").strip();
        String version = values.getProperty("version", "").strip();
        if (!COMMIT.matcher(commit).matches() || version.isEmpty()) {
            throw new StackException(FILE + " needs commit, a full id of 40 hexadecimal digits, and version.");
        }
        return new Release(commit, version);
    }
}
