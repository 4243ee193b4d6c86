package io.tradosphere.test.flow;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.Topic.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of event flows: a head that follows from the contracts, and a table with a line per event that a class writes and per
 * topic that a consumer reads. Each service's test owns the lines of its slice.
 *
 * @param head everything before the table's lines
 * @param flows the table's lines
 */
record FlowPage(String head, List<String> flows) {

    private static final String TABLE = """
            | topic | slice | does | class |
            |---|---|---|---|
            """;

    private static final String INTRODUCTION = """
            # Event flows

            Who writes and reads which topic. This page is generated from the code: the classes that make events, the beans that
            consume them, and the event contract. Names of topics go without `tradosphere.`, and classes without `io.tradosphere.`.

            To follow a change, find its event below, then the consumers of the same topic. A follow is written as `followed` to
            `social.follows`; profile-service's `follower-counts` makes it a count. A price tick comes in `market.prices`;
            signal-service's `market` resolves signals with it and writes `resolved` to `signal.signals`.

            A consumer's group is `<slice>-service.<name>`. The last word of a consumer says why an event counts once
            ([event consumers](architecture.md#event-consumers)).

            ## Topics
            | topic | key | kept | readers |
            |---|---|---|---|
            """;

    private static final Comparator<String> ORDER = Comparator.comparing((String flow) -> cell(flow, 1))
            .thenComparing(flow -> cell(flow, 3).startsWith("reads"))
            .thenComparing(Comparator.naturalOrder());

    static FlowPage of(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        int table = text.indexOf(TABLE);
        if (table < 0) {
            return new FlowPage("", List.of());
        }
        int flows = table + TABLE.length();
        return new FlowPage(
                text.substring(0, flows), text.substring(flows).lines().toList());
    }

    /** The head as it follows from the contracts. */
    static String expectedHead() {
        return Arrays.stream(Topic.values())
                .map(topic -> "| `%s` | `%s` | %s | %s |\n"
                        .formatted(
                                name(topic),
                                topic.keyDescription(),
                                kept(topic.retention()),
                                topic.access().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("", INTRODUCTION, "\n## Flows\n" + TABLE));
    }

    static String writes(EventType type, Topic topic, String slice, String writer) {
        String event = type.typeName().substring(type.typeName().indexOf('.') + 1);
        return "| `%s` | %s | writes `%s` | `%s` |".formatted(name(topic), slice, event, writer);
    }

    static String writesNothing(Topic topic, String slice) {
        return "| `%s` | %s | writes nothing yet | – |".formatted(name(topic), slice);
    }

    static String reads(Topic topic, String slice, String purpose, String dedup, String reader) {
        return "| `%s` | %s | reads as `%s`, %s | `%s` |".formatted(name(topic), slice, purpose, dedup, reader);
    }

    static boolean isAbout(String flow, Topic topic) {
        return cell(flow, 1).equals("`" + name(topic) + "`");
    }

    static List<String> sorted(Stream<String> flows) {
        return flows.sorted(ORDER).toList();
    }

    List<String> flowsOf(String slice) {
        return flows.stream().filter(flow -> cell(flow, 2).equals(slice)).toList();
    }

    /** The page with other lines of a slice. */
    FlowPage replace(String slice, List<String> replacement) {
        List<String> all = new ArrayList<>(flows);
        all.removeAll(flowsOf(slice));
        all.addAll(replacement);
        return new FlowPage(expectedHead(), sorted(all.stream()));
    }

    void save(Path file) throws IOException {
        Files.writeString(file, head + flows.stream().map(flow -> flow + "\n").collect(Collectors.joining()));
    }

    private static String cell(String flow, int index) {
        return flow.split("\\|", -1)[index].strip();
    }

    private static String name(Topic topic) {
        return topic.topicName().substring("tradosphere.".length());
    }

    private static String kept(Retention retention) {
        if (!retention.compacted()) {
            long days = retention.keepFor().toDays();
            return days == 1 ? "1 day" : days + " days";
        }
        return retention.untouchedFor().isZero()
                ? "compacted"
                : "compacted after " + retention.untouchedFor().toDays() + " days";
    }
}
