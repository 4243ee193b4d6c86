package io.tradosphere.cli.db;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration file and its undo file, with the next free number.
 *
 * @param folder the folder of a slice's migrations
 */
record MigrationPair(Path folder) {

    private static final Pattern NUMBERED = Pattern.compile("V(\\d+)__.*\\.sql");

    /**
     * Writes both files.
     *
     * @param name what the migration does; other characters than letters and digits become underscores
     * @return the files
     * @throws StackException when the name has no letter or digit, or the folder cannot be written; one line
     */
    List<Path> create(String name, String author, LocalDate date) {
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        if (words.isEmpty()) {
            throw new StackException(
                    "The name needs letters or digits. Name what the migration does, such as add_competitions_table.");
        }
        String number = String.format(Locale.ROOT, "%03d", highest() + 1);
        Path up = folder.resolve("V" + number + "__" + words + ".sql");
        Path down = folder.resolve("U" + number + "__" + words + ".sql");
        String sentence = words.substring(0, 1).toUpperCase(Locale.ROOT)
                + words.substring(1).replace('_', ' ');
        try {
            Files.createDirectories(folder);
            Files.writeString(up, header(up, sentence, author, date));
            Files.writeString(down, header(down, "Undo: " + sentence, author, date));
            return List.of(up, down);
        } catch (IOException e) {
            throw new StackException("Cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String header(Path file, String description, String author, LocalDate date) {
        return """
                -- Migration: %s
                -- Description: %s
                -- Author: %s
                -- Date: %s

                """.formatted(file.getFileName(), description, author, date);
    }

    private int highest() {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NUMBERED.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new StackException("Cannot read " + folder + ": " + e.getMessage(), e);
        }
    }
}
