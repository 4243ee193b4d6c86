package io.tradosphere.cli.db;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of the database commands. */
@Command(
        name = "db",
        description = "Migrations of each slice, and database statistics.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "They use the running suite, or on the database that TRADOSPHERE_DB_URL and TRADOSPHERE_DB_OWNER_PASSWORD",
            "name, as the services have them."
        },
        subcommands = {
            MigrateCommand.class,
            InfoCommand.class,
            DownMigrationCommand.class,
            NewMigrationCommand.class,
            ResetCommand.class,
            SlicesCommand.class,
            StatsCommand.class
        })
public final class DbCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name a command: migrate, info, down, new, reset, slices, stats");
    }
}
