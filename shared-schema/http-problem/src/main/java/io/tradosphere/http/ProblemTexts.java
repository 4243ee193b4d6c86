package io.tradosphere.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** The explanations of all kinds of problem, for documentation. */
public final class ProblemTexts {

    private static final String FILE = "problem-texts.json";

    private ProblemTexts() {}

    /**
     * The explanation of a kind.
     *
     * @param meaning when it occurs
     * @param remedy what the client can do about it
     */
    public record Text(String meaning, String remedy) {}

    /** Reads the explanation of every kind, in the kinds' order. */
    public static Map<ProblemKind, Text> read() {
        try (InputStream file = ProblemTexts.class.getResourceAsStream(FILE)) {
            Map<String, Text> byId = new ObjectMapper().readValue(file, new TypeReference<>() {});
            Map<ProblemKind, Text> texts = new EnumMap<>(ProblemKind.class);
            for (ProblemKind kind : ProblemKind.values()) {
                Text text = byId.remove(kind.id());
                if (text == null) {
                    throw new IllegalStateException(FILE + " does not explain " + kind.id() + ".");
                }
                texts.put(kind, text);
            }
            if (!byId.isEmpty()) {
                throw new IllegalStateException(FILE + " explains " + byId.keySet() + ", which is no kind of problem.");
            }
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE, unreadable);
        }
    }
}
