package io.tradosphere.test.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A search for SQL in Java sources that is too long to stand there. */
final class LongSql {

    private static final int LIMIT = 15;
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\\R(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern SQL = Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|WITH)\\b");

    private LongSql() {}

    /** The places in a folder's sources, with the number of lines. A statement may be of several text blocks. */
    static List<String> in(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> in(file.getFileName(), read(file)).stream())
                    .toList();
        }
    }

    private static List<String> in(Path file, String source) {
        List<String> places = new ArrayList<>();
        Matcher block = TEXT_BLOCK.matcher(source);
        int end = 0;
        int lines = 0;
        boolean isSql = false;
        boolean isTold = false;
        while (block.find()) {
            if (source.substring(end, block.start()).contains(";")) {
                lines = 0;
                isSql = false;
                isTold = false;
            }
            end = block.end();
            lines +=
                    (int) block.group(1).lines().filter(line -> !line.isBlank()).count();
            isSql |= SQL.matcher(block.group(1)).find();
            if (isSql && lines > LIMIT && !isTold) {
                places.add(
                        file + ":" + source.substring(0, block.start()).lines().count());
                isTold = true;
            }
        }
        return places;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
