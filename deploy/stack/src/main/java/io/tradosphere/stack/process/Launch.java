package io.tradosphere.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a child process is started.
 *
 * @param name the name in pid files, log files and messages
 * @param command the program and its arguments
 * @param environment variables added to the parent's environment, of which no service's secrets are inherited
 * @param log the file that receives its output
 * @param polite the signal that asks it to stop
 */
public record Launch(
        String name, List<String> command, Map<String, String> environment, Path log, Signals.Polite polite) {

    /** Copies the collections. */
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
