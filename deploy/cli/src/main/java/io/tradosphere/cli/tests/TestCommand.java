package io.tradosphere.cli.tests;

import io.tradosphere.cli.Foreground;
import io.tradosphere.cli.Maven;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.LocalStack;
import io.tradosphere.stack.RunningStack;
import io.tradosphere.stack.containers.ContainerEngine;
import io.tradosphere.stack.containers.ContainerStack;
import io.tradosphere.stack.containers.Images;
import io.tradosphere.stack.postgres.Durability;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs all tests on one shared PostgreSQL, Kafka and OIDC provider. */
@Command(
        name = "test",
        description =
                "Runs all tests, with the checks that CI enforces, on a PostgreSQL, a Kafka broker and an OIDC provider"
                        + " that run as child processes. What follows test goes to Maven, such as -pl profile-service -am or"
                        + " -Dtest=SomeTest.")
public final class TestCommand implements Callable<Integer> {

    @Option(
            names = "--containers",
            description = "run them on " + Images.POSTGRES + ", " + Images.KAFKA + " and " + Images.KEYCLOAK
                    + " in containers instead; needs a Docker engine on this machine and fails without one. Tests that kill a"
                    + " server, and those that start a whole suite, keep child processes of their own")
    private boolean containers;

    @Option(
            names = "--full",
            description = "also what takes longer: more random orders, every damage on its own, images")
    private boolean full;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            spec.commandLine().usage(spec.commandLine().getOut());
            return 0;
        }
        Checkout checkout = Checkout.find();
        RunningStack stack = containers ? inContainers(checkout) : embedded();
        Thread stop = new Thread(stack::close, "stop the test stack");
        Runtime.getRuntime().addShutdownHook(stop);
        Map<String, String> environment = new HashMap<>(Maven.environment());
        environment.putAll(stack.environment());
        List<String> goals = new ArrayList<>(List.of("-Pchecks", "verify"));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("-T") || argument.equals("--threads"))) {
            // Tests wait for events most of the time. A second module uses that time.
            goals.add("-T2");
        }
        if (full) {
            // A property that tests read; Surefire hands it on to them.
            goals.add("-Dtradosphere.full=true");
            goals.add("-Dexcluded.tests=none");
        }
        goals.addAll(arguments);
        return Foreground.run(Maven.command(goals), checkout.root(), environment);
    }

    private RunningStack embedded() {
        say("Starting PostgreSQL, Kafka and the OIDC provider for the tests");
        return LocalStack.start(Durability.FAST);
    }

    /** The engine is looked for before anything is said: without one, that is the one line. */
    private RunningStack inContainers(Checkout checkout) {
        ContainerEngine engine = ContainerEngine.find(checkout);
        say("Starting " + Images.POSTGRES + ", " + Images.KAFKA + " and " + Images.KEYCLOAK + " for the tests");
        return ContainerStack.start(engine, checkout, Durability.FAST);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
