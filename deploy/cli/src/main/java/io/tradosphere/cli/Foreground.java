package io.tradosphere.cli;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Another program that takes over the terminal until it ends. */
public final class Foreground {

    private Foreground() {}

    /**
     * Runs it.
     *
     * @param environment what it finds beside this process's own environment
     * @return its exit code
     * @throws StackException when it cannot be started; one line
     */
    public static int run(List<String> command, Path folder, Map<String, String> environment) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
            builder.environment().putAll(environment);
            Process process = builder.start();
            Thread end = new Thread(process::destroy, "end " + command.get(0));
            Runtime.getRuntime().addShutdownHook(end);
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
            return code;
        } catch (IOException e) {
            throw new StackException("Cannot run " + command.get(0) + ": " + e.getMessage(), e);
        } catch (IllegalStateException goingDown) {
            return 130;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
