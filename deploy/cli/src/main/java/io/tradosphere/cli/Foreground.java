package io.tradosphere.cli;

import io.tradosphere.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs another program in the foreground: its output is this program's, until it ends. It has no input. */
public final class Foreground {

    private Foreground() {}

    /**
     * Runs the program and waits for its end.
     *
     * @param environment variables added to this process's own environment
     * @return its exit code
     * @throws StackException when it cannot be started; one line
     */
    public static int run(List<String> command, Path folder, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .inheritIO()
                    .redirectInput(new File("/dev/null"));
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
