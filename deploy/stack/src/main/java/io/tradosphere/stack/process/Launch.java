package io.tradosphere.stack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a child is started.
 *
 * @param name what it is called in pid files, log files and messages
 * @param command the program and its arguments
 * @param environment what it finds in its environment beside the parent's
 * @param log the file that its output is appended to
 * @param polite how it is asked to stop
 */
public record Launch(
        String name, List<String> command, Map<String, String> environment, Path log, Signals.Polite polite) {

    /** Keeps its own copies. */
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
