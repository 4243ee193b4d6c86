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

/** The command-line entry point: {@code ./tradosphere bench}. */
@Command(
        name = "tradosphere bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures the suite beside the design it replaces: interleaved rounds, medians, a table and JSON.",
        footer = {
            "",
            "Cases:",
            "  spread      follows through the gateway by 32 clients, each of another profile",
            "  star        the same, all of one profile",
            "  read        a public profile by its username, beside pgbench",
            "  visible     delay until a follow is visible, at 500 a second",
            "  feed        the global feed, beside a Fastify service and pgbench",
            "  personal    personal feeds with 50 and with 2,000 follows, beside the same",
            "  react       reactions to one signal, beside the same",
            "  join        joins of competitions of 100 places and of one without a limit, beside the same",
            "  webhooks    events of Stripe at 300 a second, while Stripe answers after two seconds",
            "  realtime    15,000 event streams, and 9,000 through the gateway, beside nginx with nchan",
            "  imports     imports of 10,000 lines through the gateway, in three formats",
            "  parse       parses of free text: messages, and texts of 4,000 characters",
            "  inbox       conversations in an inbox of 40 and of 40,000 messages, beside the seed's query",
            "  scale       feeds and leaderboards with all the data and with a tenth of it",
            "  idle        memory and CPU of the seven services while idle",
            "",
            "feed, personal, react and join need Node 20 with npm; spread and star need the trigger design, which is built with the benchmark.",
            "It starts and stops its own suite. Leave the machine idle meanwhile: results of a busy machine mean little."
        })
public final class Main implements Callable<Integer> {

    private static final int MAX_ROUNDS = 15;
    /** PostgreSQL's maximum. */
    private static final int LONGEST_COMMIT_DELAY = 100;

    @Parameters(arity = "0..*", paramLabel = "CASE", description = "which cases (default: all)")
    private Set<CaseName> cases = EnumSet.noneOf(CaseName.class);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "rounds of each case (default: 5)")
    private int rounds;

    @Option(names = "--small", description = "little data and short rounds, as a functional check")
    private boolean small;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "folder of the suite and of the JSON report (default: .tradosphere/bench); emptied at the start except for JSON reports")
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
            description = "how long to wait after the warm-up for a busy machine to become idle (default: 0)")
    private int patience;

    @Option(
            names = "--commit-delay",
            paramLabel = "MILLIS",
            defaultValue = "0",
            description =
                    "additional duration of each WAL flush in all databases; 1 to 3 simulate a cloud disk (default: 0)")
    private int commitDelay;

    @Spec
    private CommandSpec spec;

    /**
     * Runs the benchmark and exits the JVM: 0 success, 1 failure, 2 usage error. A missed target is not a failure.
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
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            throw new StackException("--rounds takes 1 to " + MAX_ROUNDS + ", not " + rounds + ".");
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
     * What to measure and how.
     *
     * @param cases the cases
     * @param rounds rounds per case
     * @param patience how long to wait for a busy machine to become idle
     * @param commitDelay additional duration of each WAL flush
     */
    record Plan(Set<CaseName> cases, int rounds, Duration patience, Duration commitDelay) {}

    /** The case names on the command line. */
    enum CaseName {
        SPREAD,
        STAR,
        READ,
        VISIBLE,
        FEED,
        PERSONAL,
        REACT,
        JOIN,
        WEBHOOKS,
        IMPORTS,
        PARSE,
        REALTIME,
        INBOX,
        SCALE,
        IDLE;

        /** Whether the case is compared with the trigger design. */
        boolean needsTrigger() {
            return this == SPREAD || this == STAR;
        }

        /** Whether the case reads signals or follows. */
        boolean needsSignals() {
            return this != IMPORTS
                    && this != PARSE
                    && this != REALTIME
                    && this != INBOX
                    && this != JOIN
                    && this != IDLE;
        }

        /** Whether the case needs tokens of the people with event streams and inboxes. */
        boolean needsStreamTokens() {
            return this == REALTIME || this == INBOX;
        }

        /** Whether the case is compared with the seed's schema. */
        boolean needsSeed() {
            return needsTrigger() || needsFastify() || this == INBOX;
        }

        /** Whether the case is compared with the Fastify service. */
        boolean needsFastify() {
            return this == FEED || this == PERSONAL || this == REACT || this == JOIN;
        }
    }
}
