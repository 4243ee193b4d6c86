package io.tradosphere.test.defect;

import io.tradosphere.test.defect.DefectCheck.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parser of a slice's {@code seed-defects.txt}. The file's header describes the format. */
final class DefectFile {

    private static final String NAME = "seed-defects.txt";
    private static final String OURS = "ours";
    private static final String SEED = "seed";

    /** Named setup statements, by schema. */
    private final Map<String, Map<String, List<String>>> facts = new HashMap<>();

    private final List<DefectCheck> checks = new ArrayList<>();

    private DefectFile() {}

    /** The checks of the module under test. */
    static List<DefectCheck> checks() {
        DefectFile file = new DefectFile();
        for (String paragraph : text().split("\n\\s*\n", -1)) {
            List<String> lines = lines(paragraph);
            if (!lines.isEmpty()) {
                file.read(lines);
            }
        }
        return file.checks;
    }

    private void read(List<String> lines) {
        String head = lines.get(0);
        List<String> body = lines.subList(1, lines.size());
        if (head.startsWith("let ")) {
            facts.put(head.substring("let ".length()), statements(body));
        } else {
            checks.add(check(head, body));
        }
    }

    private DefectCheck check(String sentence, List<String> body) {
        String role = "";
        String person = "nobody";
        String seedPerson = null;
        Map<String, List<String>> given = bothEmpty();
        Map<String, List<String>> when = bothEmpty();
        Map<String, List<String>> outcome = bothEmpty();
        for (String line : body) {
            String[] words = line.split(" ", 3);
            if (line.startsWith("as seed ")) {
                seedPerson = words[2];
            } else if (words[0].equals("as")) {
                role = words[1];
                person = words[2];
            } else if (words[0].equals("given")) {
                add(facts.getOrDefault(after(line), statements(List.of(after(line)))), given);
            } else if (words[0].equals("when")) {
                add(statements(List.of(after(line))), when);
            } else if (words[0].equals(OURS) || words[0].equals(SEED)) {
                outcome.get(words[0])
                        .addAll(Arrays.stream(after(line).split(";", -1))
                                .map(String::strip)
                                .toList());
            } else {
                throw new AssertionError(NAME + " has an unknown kind of line: " + line);
            }
        }
        return new DefectCheck(
                sentence,
                role,
                person,
                seedPerson == null ? person : seedPerson,
                attempt(OURS, given, when, outcome),
                attempt(SEED, given, when, outcome));
    }

    private static Optional<Attempt> attempt(
            String schema,
            Map<String, List<String>> given,
            Map<String, List<String>> when,
            Map<String, List<String>> outcome) {
        return outcome.get(schema).isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempt(given.get(schema), when.get(schema), outcome.get(schema)));
    }

    /** Each line is a statement for both schemas, or for the one that it names first. */
    private static Map<String, List<String>> statements(List<String> lines) {
        Map<String, List<String>> statements = bothEmpty();
        for (String line : lines) {
            for (String schema : List.of(OURS, SEED)) {
                if (line.startsWith(schema + " ")) {
                    statements.get(schema).add(after(line));
                }
            }
            if (!line.startsWith(OURS + " ") && !line.startsWith(SEED + " ")) {
                statements.values().forEach(both -> both.add(line));
            }
        }
        return statements;
    }

    private static void add(Map<String, List<String>> more, Map<String, List<String>> to) {
        more.forEach((schema, statements) -> to.get(schema).addAll(statements));
    }

    private static Map<String, List<String>> bothEmpty() {
        return Map.of(OURS, new ArrayList<>(), SEED, new ArrayList<>());
    }

    private static String after(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** The paragraph's lines without comments. A line indented by six continues the previous one. */
    private static List<String> lines(String paragraph) {
        List<String> lines = new ArrayList<>();
        for (String line : paragraph.split("\n", -1)) {
            if (line.startsWith("      ")) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static String text() {
        try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(NAME)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
