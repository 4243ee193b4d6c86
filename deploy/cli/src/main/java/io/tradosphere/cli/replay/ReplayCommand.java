package io.tradosphere.cli.replay;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.Table;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.postgres.Address;
import java.io.PrintWriter;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a consumer group its dead letters again. */
@Command(
        name = "replay",
        description = "Gives a consumer group of the running suite its dead letters again, and no other group."
                + " The group ignores an event that it has already applied. With --list, lists all dead letters.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Mixin
    private DataFolder data;

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..1",
            description = "the original topic, such as tradosphere.social.follows")
    private String topic;

    @Option(
            names = "--group",
            paramLabel = "G",
            description = "the consumer group, such as profile-service.follower-counts")
    private String group;

    @Option(names = "--list", description = "list the dead letters by topic and group, and replay nothing")
    private boolean list;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!list && (topic == null || group == null)) {
            throw new ParameterException(spec.commandLine(), "Give TOPIC and --group G, or --list.");
        }
        Endpoints endpoints = Endpoints.ofRunning(data);
        DeadLetterRows rows = new DeadLetterRows(Address.parse(endpoints.get("POSTGRES_URL")));
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            print(rows.parked(), out);
        } else {
            replay(new DeadLetters(endpoints.get("KAFKA_BOOTSTRAP"), topic, group), rows, out);
        }
        return 0;
    }

    private void print(List<DeadLetterRows.Parked> parked, PrintWriter out) {
        List<DeadLetterRows.Parked> wanted = parked.stream()
                .filter(letters -> topic == null || topic.equals(letters.topic()))
                .filter(letters -> group == null || group.equals(letters.group()))
                .toList();
        if (wanted.isEmpty()) {
            out.println("No dead letters.");
            return;
        }
        Table table = new Table("topic", "group", "letters", "oldest", "latest reason");
        wanted.forEach(letters ->
                table.row(letters.topic(), letters.group(), letters.count(), letters.oldest(), letters.reason()));
        table.print(out);
    }

    private static void replay(DeadLetters letters, DeadLetterRows rows, PrintWriter out) {
        Timestamp start = rows.now();
        DeadLetters.Replayed replayed = letters.replay();
        rows.delete(letters, replayed.origins(), start);
        if (replayed.expired() > 0) {
            out.println(replayed.expired() + " dead letters stay: they are shortened, and " + letters.topic()
                    + " no longer holds their records.");
        }
        int count = replayed.origins().size();
        if (count == 0 || letters.awaitRead(replayed.end(), TIMEOUT)) {
            long again = rows.parkedSince(letters, start);
            out.println(count + " dead letters were given to " + letters.group() + " again"
                    + (again == 0 ? "." : "; " + again + " have been parked since, see ./tradosphere replay --list."));
        } else {
            out.println(count + " dead letters wait for " + letters.group() + ", which does not read at present.");
        }
    }
}
