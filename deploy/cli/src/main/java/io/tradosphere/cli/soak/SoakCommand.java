package io.tradosphere.cli.soak;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.DedicatedSuite;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the soak: load with processes killed at random, or attacked, on a suite of its own. */
@Command(
        name = "soak",
        description =
                "Starts a suite of its own, runs clients that follow and write messages, and kills its processes under load: in"
                        + " each round, one of profile-service, social-service, messaging-service, Kafka, PostgreSQL and the"
                        + " launcher. Exit code 1 when an acknowledged follow or message was lost or doubled, an event stream"
                        + " missed one, or a count drifted.",
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "how often each process is killed (default: 5)")
    private int rounds;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many processes each service has; with more than one, the one whose relay leads is killed"
                    + " (default: 1)")
    private int replicas;

    @Option(
            names = "--hostile",
            description =
                    "instead of killing processes, run five attacks at once under normal load and with rate limits on:"
                            + " tiny JSON nodes, slow uploads, a record near the broker's limit, a compressed bomb, writers that wait"
                            + " for a lock. Exit code 1 when normal requests fail or become slower than three times, a process ends or"
                            + " something is lost")
    private boolean hostile;

    @Option(
            names = "--messages",
            description =
                    "instead of rounds: messages without a pause, while a replica of messaging-service, Kafka or PostgreSQL is"
                            + " killed every 30 seconds. Exit code 1 when a message was lost, doubled or out of order on an event stream, or"
                            + " an unread count is wrong")
    private boolean messages;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "1000",
            description = "how many people have an event stream and write with --messages (default: 1000)")
    private int streams;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many messages a second they write (default: 100)")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "how long --hostile attacks (default: 60), and --messages kills (default: 300)")
    private Integer seconds;

    @Option(
            names = "--rolling",
            description =
                    "instead of killing processes, restart every process of every service, one after the other, by"
                            + " SIGTERM. Exit code 1 when one request failed, an event stream was not resumed or something is lost")
    private boolean rolling;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description = "how many clients send requests with --rolling (default: 16)")
    private int clients;

    @Option(names = "--short", description = "kill all but the launcher once")
    private boolean brief;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where its suite keeps data and logs; data of an earlier soak is deleted"
                    + " (default: .tradosphere/soak in the clone)")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (rounds < 1 || seconds != null && seconds < 1 || replicas < 1 || replicas > 5) {
            throw new StackException("--rounds and --seconds must be 1 or more, and --replicas 1 to 5.");
        }
        if (Stream.of(hostile, messages, rolling).filter(kind -> kind).count() > 1) {
            throw new StackException(
                    "--hostile, --messages and --rolling are different soaks; run one after the other.");
        }
        if (clients < 8 || clients > 200) {
            throw new StackException("--clients must be 8 to 200.");
        }
        if (rate < 1 || streams < 2 * rate || streams > 10_000) {
            throw new StackException(
                    "--rate must be 1 or more, and --streams at least twice as many and 10000 at most.");
        }
        Checkout checkout = Checkout.find();
        DataFolder data = new DataFolder(checkout, folder == null ? checkout.resolve(".tradosphere/soak") : folder);
        Progress progress = new Progress(spec.commandLine().getOut());
        int processes = rolling ? Math.max(replicas, 2) : replicas;
        DedicatedSuite suite = new DedicatedSuite(data, new Ports().any(), processes, progress);
        Thread stop = new Thread(suite::close, "stop the suite");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            boolean good = run(suite, progress);
            progress.report("stopping the suite");
            suite.close();
            progress.report("its data and logs are in " + data.path());
            return good ? 0 : 1;
        } finally {
            suite.close();
        }
    }

    private boolean run(DedicatedSuite suite, Progress progress) {
        if (rolling) {
            suite.start(true);
            return new RollingSoak(suite, progress, clients).run();
        }
        return hostile ? attack(suite, progress) : kill(suite, progress);
    }

    private boolean attack(DedicatedSuite suite, Progress progress) {
        suite.startWithRateLimits();
        return new HostileSoak(suite, progress, spec.commandLine().getOut())
                .run(Duration.ofSeconds(seconds == null ? 60 : seconds));
    }

    private boolean kill(DedicatedSuite suite, Progress progress) {
        suite.start(true);
        if (messages) {
            return new MessageSoak(suite, progress)
                    .run(streams, rate, Duration.ofSeconds(seconds == null ? 300 : seconds));
        }
        return new Soak(suite, progress).run(victims());
    }

    private List<KilledProcess> victims() {
        List<KilledProcess> victims = new ArrayList<>();
        for (int round = 0; round < (brief ? 1 : rounds); round++) {
            List<KilledProcess> each =
                    new ArrayList<>(brief ? KilledProcess.supervised() : List.of(KilledProcess.values()));
            Collections.shuffle(each);
            victims.addAll(each);
        }
        return victims;
    }
}
