package io.tradosphere.cli.stripe;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent command of what an operator sees and does of Stripe. */
@Command(
        name = "stripe",
        description =
                "Shows and retries what could not be applied from Stripe, or done there, and shows refunds and disputes.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ParkedCommand.class, RetryCommand.class, RefundsCommand.class})
public final class StripeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: parked, retry or refunds.");
    }
}
