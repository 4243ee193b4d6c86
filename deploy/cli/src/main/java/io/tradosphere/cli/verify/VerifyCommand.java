package io.tradosphere.cli.verify;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the services' reconciliations. */
@Command(
        name = "verify",
        description =
                "Makes every service of the running suite compare its derived values and replicas with their sources,"
                        + " and names what has drifted. Exit code 1 on drift, and when something cannot be compared.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Option(names = "--repair", description = "repair what drifted")
    private boolean repair;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "only those whose name begins with a NAME")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Reconciliations services = new Reconciliations(Endpoints.ofRunning(data));
        return new Verification(services, spec.commandLine().getOut()).run(names, repair) ? 0 : 1;
    }
}
