package io.tradosphere.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who reads which topic: the consumers of docs/flows.md, which a test of each service compares with its beans, and the channels in the
 * services' application.properties.
 */
final class Flows {

    private static final Path CHECKOUT = Path.of("../..");
    private static final Pattern READER = Pattern.compile("\\| `([a-z.-]+)` \\| ([a-z]+) \\| reads as `([a-z-]+)`,.*");
    private static final Pattern CHANNEL =
            Pattern.compile("mp[.]messaging[.]incoming[.]([a-z-]+)[.](topic|group[.]id)=(.*)");
    private static final String PREFIX = "${tradosphere.kafka.prefix}";

    private Flows() {}

    /**
     * A consumer.
     *
     * @param topic its name in the event contract
     * @param group the consumer group's name in the event contract
     * @param deadLetters whether the group parks records that it cannot apply
     */
    record Reader(String topic, String group, boolean deadLetters) {}

    /** What a service reads, in the order of the page. */
    static List<Reader> readers(String service) throws IOException {
        List<Reader> readers = new ArrayList<>();
        for (String line : Files.readAllLines(CHECKOUT.resolve("docs/flows.md"))) {
            Matcher reader = READER.matcher(line);
            if (reader.matches() && service.equals(reader.group(2) + "-service")) {
                readers.add(new Reader("tradosphere." + reader.group(1), service + "." + reader.group(3), true));
            }
        }
        Path properties = CHECKOUT.resolve(service).resolve("src/main/resources/application.properties");
        List<String> lines = Files.readAllLines(properties);
        for (String line : lines) {
            Matcher channel = CHANNEL.matcher(line);
            if (channel.matches() && channel.group(2).equals("topic")) {
                String group = lines.stream()
                        .map(CHANNEL::matcher)
                        .filter(Matcher::matches)
                        .filter(other -> other.group(1).equals(channel.group(1)))
                        .filter(other -> other.group(2).equals("group.id"))
                        .map(other -> prefixed(other.group(3)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(channel.group(1) + " has no group.id"));
                readers.add(new Reader(prefixed(channel.group(3)), group, false));
            }
        }
        return readers;
    }

    private static String prefixed(String value) {
        return Optional.of(value)
                .filter(text -> text.startsWith(PREFIX))
                .map(text -> text.substring(PREFIX.length()))
                .orElseThrow(() -> new AssertionError(value + " does not begin with the operator's prefix"));
    }
}
