package io.tradosphere.cli.stripe;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.postgres.Address;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets the service try again what is parked for one of Stripe's objects. */
@Command(
        name = "retry",
        description = "Lets the running suite try again what is parked for one of Stripe's objects.",
        mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data;

    @Parameters(paramLabel = "ID", description = "Stripe's id, as ./tradosphere stripe parked shows it")
    private String id;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Address database = Address.parse(Endpoints.ofRunning(data).get("POSTGRES_URL"));
        int retried = new ParkedRows(database).retry(id);
        spec.commandLine()
                .getOut()
                .println(retried == 0 ? "Nothing is parked for " + id + "." : id + " is tried again within seconds.");
        return retried == 0 ? 1 : 0;
    }
}
