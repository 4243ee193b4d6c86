package io.tradosphere.test.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An OpenAPI document as it was last released, in {@code docs/api/released}. With the system property {@code tradosphere.api.release}
 * the tests write it instead of comparing with it.
 */
public final class ReleasedDocument {

    private static final String FOLDER = "docs/api/released";
    private static final String RELEASE = "tradosphere.api.release";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** @param name the document's name, such as {@code profile-service} */
    public ReleasedDocument(String name) {
        file = Checkout.find().resolve(FOLDER).resolve(name + ".json");
    }

    /** Whether the tests write released documents. */
    public static boolean isBeingWritten() {
        return Boolean.getBoolean(RELEASE);
    }

    /**
     * The document.
     *
     * @throws AssertionError when it was never released; the message has the command
     */
    public JsonNode read() throws IOException {
        if (!Files.exists(file)) {
            throw new AssertionError(
                    file + " is missing. docs/api-guide.md, \"Released documents\", has the command that writes it.");
        }
        return JSON.readTree(file.toFile());
    }

    /** Replaces the document. */
    public void write(JsonNode document) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }

    /** What {@code current} breaks for clients of the released document. Nothing when the document is being written: it is replaced. */
    public List<Break> breaks(JsonNode current) throws IOException {
        if (isBeingWritten()) {
            write(current);
            return List.of();
        }
        return ApiComparison.breaks(read(), current);
    }
}
