package io.tradosphere.cli;

import io.tradosphere.stack.StackException;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** The entry point. Runs a command and turns a failure into one line and an exit code. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the JVM. Exit codes: 0 success, 1 failure, 2 a command line that cannot be parsed.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(run(args));
    }

    /** Runs a command and returns its exit code. */
    static int run(String... args) {
        return run(new PrintWriter(System.err, true), args);
    }

    /** Runs a command whose errors go to {@code err}, and returns its exit code. */
    static int run(PrintWriter err, String... args) {
        CommandLine commands = new CommandLine(new Tradosphere()).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        commands.setParameterExceptionHandler((error, rest) -> {
            CommandLine command = error.getCommandLine();
            command.getErr()
                    .println(error.getMessage() + " (see ./"
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
            err.println("This is a defect in TradoSphere; please report it: "
                    + failure.getClass().getSimpleName() + ": "
                    + failure.getMessage()
                    + (System.getenv("TRADOSPHERE_TRACE") == null
                            ? " (set TRADOSPHERE_TRACE=1 for the stack trace)"
                            : ""));
            if (System.getenv("TRADOSPHERE_TRACE") != null) {
                failure.printStackTrace(err);
            }
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
