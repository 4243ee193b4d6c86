package io.tradosphere.platform.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL file beside a class: {@code Feature.sql} beside {@code Feature.java}. It holds the class's statements of over 15 lines. A
 * line {@code -- name: NAME} begins each of them, and a semicolon ends it.
 *
 * <p>A class reads its statements into constants, so a mistake in the file fails when the class is loaded. A test prepares every
 * constant.
 */
public final class SqlFile {

    private static final Pattern SECTION = Pattern.compile("(?m)^-- name: (\\S+)\\n");
    private static final Pattern PART = Pattern.compile("\\$\\{(\\w+)}");

    private final String file;
    private final Map<String, String> statements = new LinkedHashMap<>();

    private SqlFile(String file, String text) {
        this.file = file;
        Matcher section = SECTION.matcher(text);
        boolean found = section.find();
        while (found) {
            String name = section.group(1);
            int start = section.end();
            found = section.find();
            String statement = text.substring(start, found ? section.start() : text.length())
                    .strip();
            if (!statement.endsWith(";")) {
                throw new IllegalStateException(file + ": no semicolon ends " + name);
            }
            if (statements.put(name, statement.substring(0, statement.length() - 1) + "\n") != null) {
                throw new IllegalStateException(file + " has two statements " + name);
            }
        }
    }

    /** Reads the file beside a class. */
    public static SqlFile of(Class<?> feature) {
        String file = feature.getSimpleName() + ".sql";
        try (InputStream text = feature.getResourceAsStream(file)) {
            if (text == null) {
                throw new IllegalStateException("There is no " + file + " beside " + feature.getName());
            }
            return new SqlFile(file, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** A statement without variable parts. */
    public String get(String name) {
        return get(name, Map.of());
    }

    /**
     * A statement with variable parts, which the file writes as <code>${part}</code>.
     *
     * @param parts the SQL of each part of the statement; a part that it doesn't have, and one that is missing, is an error
     */
    public String get(String name, Map<String, String> parts) {
        String statement = statements.get(name);
        if (statement == null) {
            throw new IllegalStateException(file + " has no statement " + name);
        }
        for (Map.Entry<String, String> part : parts.entrySet()) {
            String variable = "${" + part.getKey() + "}";
            if (!statement.contains(variable)) {
                throw new IllegalStateException(file + ": " + name + " has no " + variable);
            }
            statement = statement.replace(variable, part.getValue());
        }
        Matcher missing = PART.matcher(statement);
        if (missing.find()) {
            throw new IllegalStateException(file + ": " + name + " needs " + missing.group());
        }
        return statement;
    }
}
