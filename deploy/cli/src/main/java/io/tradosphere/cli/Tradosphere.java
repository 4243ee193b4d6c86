package io.tradosphere.cli;

import io.tradosphere.cli.bench.BenchCommand;
import io.tradosphere.cli.client.ClientCommand;
import io.tradosphere.cli.db.DbCommand;
import io.tradosphere.cli.demo.DemoCommand;
import io.tradosphere.cli.people.TierCommand;
import io.tradosphere.cli.people.TokenCommand;
import io.tradosphere.cli.prices.PricesCommand;
import io.tradosphere.cli.replay.ReplayCommand;
import io.tradosphere.cli.soak.SoakCommand;
import io.tradosphere.cli.stripe.StripeCommand;
import io.tradosphere.cli.suite.DownCommand;
import io.tradosphere.cli.suite.LogsCommand;
import io.tradosphere.cli.suite.StatusCommand;
import io.tradosphere.cli.suite.UpCommand;
import io.tradosphere.cli.tests.TestCommand;
import io.tradosphere.cli.topics.TopicsCommand;
import io.tradosphere.cli.types.TypesCommand;
import io.tradosphere.cli.verify.VerifyCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command. It has all other commands as subcommands. */
@Command(
        name = "tradosphere",
        description = "The open back end of a social-trading platform, on your machine.",
        mixinStandardHelpOptions = true,
        version = "TradoSphere 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TierCommand.class,
            TokenCommand.class,
            DemoCommand.class,
            VerifyCommand.class,
            ReplayCommand.class,
            TestCommand.class,
            SoakCommand.class,
            BenchCommand.class,
            PricesCommand.class,
            DbCommand.class,
            StripeCommand.class,
            TopicsCommand.class,
            TypesCommand.class,
            ClientCommand.class
        })
final class Tradosphere implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: up, down, status, logs, token, demo, test …");
    }
}
