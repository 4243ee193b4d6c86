package io.tradosphere.platform.http;

import io.tradosphere.http.Problem;
import io.tradosphere.platform.text.Hmac;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Authenticates cursors by HMAC-SHA256. A cursor is valid for the list and the filters of the page that issued it. All replicas share
 * the secret. Without a configured secret it is derived from the database password of the slice.
 */
@ApplicationScoped
public class CursorSigner {

    private static final int MAC_BYTES = 12;
    private static final char SEPARATOR = '.';
    /** Changes with the meaning of a cursor's parts. */
    private static final String VERSION = "1";

    private final byte[] key;

    CursorSigner(
            @ConfigProperty(name = "tradosphere.slice") String slice,
            @ConfigProperty(name = "tradosphere.cursor-secret") Optional<String> secret,
            @ConfigProperty(name = "quarkus.datasource.app.password") Optional<String> databasePassword) {
        String material = secret.orElseGet(() -> "development " + databasePassword.orElse(""));
        this.key = (VERSION + " cursors of " + slice + ": " + material).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The page with its cursor authenticated.
     *
     * @param path the raw path of the list
     * @param query the decoded query parameters of the request; the limit and the cursor are ignored
     */
    public <T> Page<T> sign(Page<T> page, String path, Map<String, List<String>> query) {
        String cursor = page.nextCursor();
        return cursor == null ? page : new Page<>(page.items(), cursor + SEPARATOR + mac(cursor, path, query));
    }

    /**
     * Checks that this list issued a cursor for these filters.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    void verify(String signed, String path, Map<String, List<String>> query) {
        int end = signed.lastIndexOf(SEPARATOR);
        String expected = end < 0 ? "" : mac(signed.substring(0, end), path, query);
        byte[] given = signed.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        if (end < 0 || !MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_8))) {
            throw Cursor.invalid();
        }
    }

    /** The cursor without its authentication code. */
    static String payload(String signed) {
        int end = signed.lastIndexOf(SEPARATOR);
        return end < 0 ? signed : signed.substring(0, end);
    }

    private String mac(String cursor, String path, Map<String, List<String>> query) {
        Map<String, List<String>> filters = new TreeMap<>(query);
        filters.remove("limit");
        filters.remove("cursor");
        String list = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        byte[] code = Hmac.of(key, list + "\n" + filters + "\n" + cursor);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, MAC_BYTES));
    }
}
