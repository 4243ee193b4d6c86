package io.tradosphere.topics;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The program {@code tradosphere-topics}: creates or checks the topics of the event contract. */
public final class TopicsMain {

    private static final int DIFFERENT = 1;
    private static final int USAGE = 2;
    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h

    private TopicsMain() {}

    /**
     * Runs the program and ends the JVM. Exit codes: 0 done, or all is as it should be; 1 something differs, or the broker refuses; 2
     * unknown argument; 78 a variable is missing.
     *
     * @param arguments {@code --check}, or none
     */
    public static void main(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), out, arguments));
    }

    /**
     * Runs the program.
     *
     * @param environment the variables of Kafka clients, see {@link KafkaVariables}
     * @param out receives what it says
     * @param arguments {@code --check}, or none
     * @return the exit code
     */
    public static int run(Map<String, String> environment, PrintWriter out, String... arguments) {
        List<String> given = List.of(arguments);
        if (!given.isEmpty() && !given.equals(List.of("--check"))) {
            out.println("usage: tradosphere-topics [--check]");
            return USAGE;
        }
        Map<String, Object> client = KafkaVariables.settings(environment);
        if (!client.containsKey("bootstrap.servers")) {
            out.println("Set " + KafkaVariables.BOOTSTRAP + ": the brokers, host:port separated by commas.");
            return MISCONFIGURED;
        }
        String prefix = environment.getOrDefault(KafkaVariables.TOPIC_PREFIX, "");
        try (TopicSetup topics = new TopicSetup(client, prefix)) {
            return given.isEmpty() ? make(topics, out) : check(topics, out);
        } catch (TopicException failure) {
            out.println(failure.getMessage());
            return DIFFERENT;
        }
    }

    private static int check(TopicSetup topics, PrintWriter out) {
        Comparison found = topics.compare();
        found.missing().forEach(topic -> out.println(topic + ": is missing"));
        found.differences().forEach(out::println);
        if (!found.isEqual()) {
            return DIFFERENT;
        }
        out.println("Every topic is as the event contract says.");
        return 0;
    }

    private static int make(TopicSetup topics, PrintWriter out) {
        Comparison before = topics.make();
        before.missing().forEach(topic -> out.println(topic + ": created"));
        before.differences()
                .forEach(difference -> out.println(difference
                        + (difference.isHarmlessToChange()
                                ? ": changed"
                                : ": left, since a change would lose records or their order")));
        if (before.isEqual()) {
            out.println("Every topic is as the event contract says.");
        }
        return 0;
    }
}
