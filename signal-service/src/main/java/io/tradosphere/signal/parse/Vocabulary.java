package io.tradosphere.signal.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The dictionary of traders' words in several languages, read from {@code vocabulary.txt} beside this class. */
final class Vocabulary {

    private static final Set<String> COMMA_LANGUAGES = Set.of("de", "fr", "es", "pt", "it", "ru", "tr");
    private static final Set<Sense> NUMBERED = EnumSet.of(Sense.ENTRY, Sense.TARGET, Sense.STOP);
    private static final Set<Sense> NONE = Set.of();
    private static final int SHORTEST_STEM = 3;
    private static final int LONGEST_STEM = 10;
    private static final String ANY_LANGUAGE = "xx";
    private static final Vocabulary ONLY = new Vocabulary();

    private final Map<String, Meaning> words = new HashMap<>();
    private final Map<String, Meaning> stems = new HashMap<>();
    private final Map<String, List<List<String>>> phrases = new HashMap<>();

    /** What a word means, in which languages, and what it means only among other words of a language. */
    private static final class Meaning {
        private final Set<Sense> senses = EnumSet.noneOf(Sense.class);
        private final Set<String> languages = new HashSet<>();
        private final Map<String, Set<Sense>> among = new HashMap<>();
    }

    private Vocabulary() {
        try (InputStream file = Vocabulary.class.getResourceAsStream("vocabulary.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(line.strip().split("\\s+"));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("vocabulary.txt cannot be read", unreadable);
        }
        phrases.values().forEach(list -> list.sort(Comparator.comparingInt(phrase -> -phrase.size())));
    }

    /** A word as dictionaries have it: upper case, without accents. */
    static String key(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (isAscii(upper)) {
            return upper;
        }
        StringBuilder plain = new StringBuilder(upper.length());
        Normalizer.normalize(upper, Normalizer.Form.NFKD)
                .codePoints()
                .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The languages that the word belongs to without doubt. */
    static Set<String> languages(String key) {
        Meaning meaning = ONLY.words.get(key);
        return meaning == null ? Set.of() : meaning.languages;
    }

    /** Whether it is a word of its own, which divides text that has no spaces. */
    static boolean contains(String key) {
        return ONLY.words.containsKey(key);
    }

    /** The phrases that begin with the word, the longest first. */
    static List<List<String>> phrases(String key) {
        return ONLY.phrases.getOrDefault(key, List.of());
    }

    /**
     * What a word means; empty for an unknown word. Digits at the end of a label count targets or entries.
     *
     * @param languages those that the text is written in
     */
    static Set<Sense> senses(String key, Set<String> languages) {
        Meaning meaning = ONLY.meaning(key);
        if (meaning == null) {
            return ONLY.numbered(key);
        }
        if (meaning.among.isEmpty()) {
            return meaning.senses;
        }
        Set<Sense> senses = EnumSet.noneOf(Sense.class);
        senses.addAll(meaning.senses);
        meaning.among.forEach((language, more) -> senses.addAll(languages.contains(language) ? more : NONE));
        return senses;
    }

    private Meaning meaning(String key) {
        Meaning exact = words.get(key);
        for (int end = Math.min(key.length(), LONGEST_STEM); exact == null && end >= SHORTEST_STEM; end--) {
            exact = stems.get(key.substring(0, end));
        }
        return exact;
    }

    private Set<Sense> numbered(String key) {
        int end = key.length();
        while (end > 0 && key.charAt(end - 1) >= '0' && key.charAt(end - 1) <= '9') {
            end--;
        }
        if (end == 0 || end == key.length() || key.length() - end > 2) {
            return NONE;
        }
        String stem = key.substring(0, end);
        Meaning meaning = words.get(stem);
        Set<Sense> senses = EnumSet.noneOf(Sense.class);
        senses.addAll(stem.equals("T") ? EnumSet.of(Sense.TARGET) : meaning == null ? NONE : meaning.senses);
        senses.retainAll(NUMBERED);
        return senses;
    }

    private void add(String[] line) {
        Sense sense = Sense.valueOf(line[0].toUpperCase(Locale.ROOT));
        String language = line[1];
        for (int i = 2; i < line.length; i++) {
            boolean stem = line[i].endsWith("*");
            boolean among = line[i].endsWith("~");
            String typed = stem || among ? line[i].substring(0, line[i].length() - 1) : line[i];
            List<String> parts = List.of(key(typed).split("_"));
            String key = String.join(" ", parts);
            if (parts.size() > 1) {
                phrases.computeIfAbsent(parts.get(0), first -> new ArrayList<>())
                        .add(parts);
            }
            Meaning meaning = (stem ? stems : words).computeIfAbsent(key, word -> new Meaning());
            Set<Sense> senses = among
                    ? meaning.among.computeIfAbsent(language, other -> EnumSet.noneOf(Sense.class))
                    : meaning.senses;
            senses.add(sense);
            if (COMMA_LANGUAGES.contains(language)) {
                senses.add(Sense.COMMA);
            }
            if (!among && !language.equals(ANY_LANGUAGE)) {
                meaning.languages.add(language);
            }
        }
    }
}
