package io.tradosphere.cli;

import io.tradosphere.stack.StackException;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The entry: runs a command and turns what goes wrong into one line and an exit code. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the JVM: 0 done, 1 failed, 2 not understood.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(run(args));
    }

    /** Runs a command and gives its exit code. */
    static int run(String... args) {
        CommandLine commands = new CommandLine(new Tradosphere());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        commands.setParameterExceptionHandler((mistake, rest) -> {
            CommandLine command = mistake.getCommandLine();
            command.getErr()
                    .println(mistake.getMessage() + " (see ./"
                            + command.getCommandSpec().qualifiedName(" ") + " --help)");
            return CommandLine.ExitCode.USAGE;
        });
        return commands.execute(args);
    }

    private static int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof StackException) {
            err.println(failure.getMessage());
        } else {
            err.println("This is a defect of TradoSphere, please report it: "
                    + failure.getClass().getSimpleName() + ": "
                    + failure.getMessage()
                    + (System.getenv("TRADOSPHERE_TRACE") == null ? " (set TRADOSPHERE_TRACE=1 to see where)" : ""));
            if (System.getenv("TRADOSPHERE_TRACE") != null) {
                failure.printStackTrace(err);
            }
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
