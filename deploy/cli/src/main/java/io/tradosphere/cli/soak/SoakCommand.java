package io.tradosphere.cli.soak;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.OwnSuite;
import io.tradosphere.cli.suite.Progress;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Load with processes killed at random, on a suite of its own. */
@Command(
        name = "soak",
        description =
                "Starts a suite of its own, has clients follow and unfollow, and kills its processes in mid-storm: each"
                        + " round one of profile-service, social-service, Kafka, PostgreSQL and the launcher. Exit code 1 when"
                        + " an acknowledged follow was lost or doubled, or a count drifted.",
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "how often each of them is killed (default: 5)")
    private int rounds;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many processes each service has; with more than one, the one whose relay leads is killed"
                    + " (default: 1)")
    private int replicas;

    @Option(names = "--short", description = "kill all but the launcher once")
    private boolean brief;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where its suite keeps data and logs; data of an earlier soak is forgotten"
                    + " (default: .tradosphere/soak in the clone)")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (rounds < 1 || replicas < 1 || replicas > 5) {
            throw new StackException("--rounds takes 1 or more, --replicas 1 to 5.");
        }
        Checkout checkout = Checkout.find();
        DataFolder data = new DataFolder(checkout, folder == null ? checkout.resolve(".tradosphere/soak") : folder);
        Progress progress = new Progress(spec.commandLine().getOut());
        OwnSuite suite = new OwnSuite(data, new Ports().any(), replicas, progress);
        Thread stop = new Thread(suite::close, "stop the suite");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            suite.start(true);
            boolean good = new Soak(suite, progress).run(victims());
            progress.say("stopping the suite");
            suite.close();
            progress.say("its data and logs are in " + data.path());
            return good ? 0 : 1;
        } finally {
            suite.close();
        }
    }

    private List<Victim> victims() {
        List<Victim> victims = new ArrayList<>();
        for (int round = 0; round < (brief ? 1 : rounds); round++) {
            List<Victim> each = new ArrayList<>(brief ? Victim.supervised() : List.of(Victim.values()));
            Collections.shuffle(each);
            victims.addAll(each);
        }
        return victims;
    }
}
