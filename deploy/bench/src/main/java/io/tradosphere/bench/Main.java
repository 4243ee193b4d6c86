package io.tradosphere.bench;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Ports;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The entry: {@code ./tradosphere bench}. */
@Command(
        name = "tradosphere bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the suite beside the design it replaces: interleaved, medians, a table and JSON.",
        footer = {
            "",
            "Cases:",
            "  spread      follows through the gateway by 32 clients, each of somebody else",
            "  star        the same, all of one star",
            "  read        a public profile by its username, beside pgbench",
            "  visible     how soon a follow shows, at 500 a second",
            "  feed        the global feed, beside a hand-written Fastify service and pgbench",
            "  personal    personal feeds of people with 50 and with 2,000 follows, beside the same",
            "  react       reactions to one signal, beside the same",
            "  scale       feeds and leaderboards with all the data and with a tenth of it",
            "  idle        memory and CPU of the seven services while nothing happens",
            "",
            "feed, personal and react need Node 20 with npm, spread and star the trigger design that is built along.",
            "It starts a suite of its own and stops it again. Leave the machine alone meanwhile: figures of a busy one mean little."
        })
public final class Main implements Callable<Integer> {

    private static final int MOST_ROUNDS = 15;
    /** PostgreSQL's own limit. */
    private static final int LONGEST_COMMIT_DELAY = 100;

    @Parameters(arity = "0..*", paramLabel = "CASE", description = "which cases (default: all)")
    private Set<CaseName> cases = EnumSet.noneOf(CaseName.class);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "rounds of each case (default: 5)")
    private int rounds;

    @Option(names = "--small", description = "little data and short rounds, to see that everything works")
    private boolean small;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "where the suite lives and the JSON goes (default: .tradosphere/bench); emptied at the start but for the JSON")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "the gateway's port (default: any free one)")
    private int port;

    @Option(
            names = "--patience",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description = "how long to wait, once warm, for a busy machine to become quiet (default: not at all)")
    private int patience;

    @Option(
            names = "--commit-delay",
            paramLabel = "MILLIS",
            defaultValue = "0",
            description =
                    "how much longer each flush of PostgreSQL's log is to take, for both sides: 1 to 3 stand for a cloud's disk (default: 0)")
    private int commitDelay;

    @Spec
    private CommandSpec spec;

    /**
     * Runs the benchmark and ends the JVM: 0 done, 1 failed, 2 not understood. A target that is missed is no failure.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new StackException("--rounds takes 1 to " + MOST_ROUNDS + ", not " + rounds + ".");
        }
        if (commitDelay < 0 || commitDelay > LONGEST_COMMIT_DELAY) {
            throw new StackException(
                    "--commit-delay takes 0 to " + LONGEST_COMMIT_DELAY + ", not " + commitDelay + ".");
        }
        Checkout checkout = Checkout.find();
        Path folder = data == null
                ? checkout.resolve(".tradosphere/bench")
                : data.toAbsolutePath().normalize();
        PrintWriter out = spec.commandLine().getOut();
        Set<CaseName> wanted = cases.isEmpty() ? EnumSet.allOf(CaseName.class) : EnumSet.copyOf(cases);
        new Run(
                        checkout,
                        folder,
                        port == 0 ? new Ports().any() : port,
                        small ? Size.SMALL : Size.FULL,
                        new Plan(wanted, rounds, Duration.ofMinutes(patience), Duration.ofMillis(commitDelay)),
                        out)
                .run();
        return 0;
    }

    private static int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof StackException) {
            err.println(failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * What is to be measured.
     *
     * @param cases which cases
     * @param rounds how many rounds of each
     * @param patience how long a busy machine is waited for
     * @param commitDelay how much longer than on this machine a flush of the database's log is to take
     */
    record Plan(Set<CaseName> cases, int rounds, Duration patience, Duration commitDelay) {}

    /** The cases by their names. */
    enum CaseName {
        SPREAD,
        STAR,
        READ,
        VISIBLE,
        FEED,
        PERSONAL,
        REACT,
        SCALE,
        IDLE;

        /** Whether it is compared with the trigger design. */
        boolean needsTrigger() {
            return this == SPREAD || this == STAR;
        }

        /** Whether it is compared with the hand-written service. */
        boolean needsFastify() {
            return this == FEED || this == PERSONAL || this == REACT;
        }
    }
}
