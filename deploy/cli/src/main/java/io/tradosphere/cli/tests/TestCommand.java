package io.tradosphere.cli.tests;

import io.tradosphere.cli.Foreground;
import io.tradosphere.cli.Maven;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.LocalStack;
import io.tradosphere.stack.TestStack;
import io.tradosphere.stack.postgres.Durability;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs all tests on one PostgreSQL, Kafka and OIDC provider. */
@Command(
        name = "test",
        description = "Runs all tests, with the checks that CI enforces. What follows test goes to Maven, such as"
                + " -pl profile-service -am or -Dtest=SomeTest.")
public final class TestCommand implements Callable<Integer> {

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
        PrintWriter out = spec.commandLine().getOut();
        out.println("Starting PostgreSQL, Kafka and the OIDC provider for the tests");
        out.flush();
        LocalStack stack = LocalStack.start(Durability.FAST);
        Thread stop = new Thread(stack::close, "stop the test stack");
        Runtime.getRuntime().addShutdownHook(stop);
        Map<String, String> environment = new HashMap<>(Maven.environment());
        environment.put(TestStack.POSTGRES, stack.superuser().url());
        environment.put(TestStack.KAFKA, stack.kafkaBootstrap());
        environment.put(TestStack.ISSUER, stack.oidcIssuer());
        List<String> goals = new ArrayList<>(List.of("-Pchecks", "verify"));
        goals.addAll(arguments);
        return Foreground.run(Maven.command(goals), Checkout.find().root(), environment);
    }
}
