package io.tradosphere.stack.postgres;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Drops root privileges. PostgreSQL refuses to run as root, which many containers use.
 *
 * @param prefix the words before a command
 * @param owner the required owner of the data; empty when it stays as it is
 */
record NotRoot(List<String> prefix, Optional<String> owner) {

    private static final String NOBODY = "65534";

    /**
     * The method that works on this machine. An ordinary user needs no prefix.
     *
     * @throws StackException when root has no such method; one line with the remedy
     */
    static NotRoot find() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new NotRoot(List.of(), Optional.empty());
        }
        return Stream.of(
                        new NotRoot(List.of("unshare", "-U"), Optional.empty()),
                        new NotRoot(
                                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
                                Optional.of(NOBODY)))
                .filter(NotRoot::works)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        "PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works here. Start TradoSphere as"
                                + " an ordinary user."));
    }

    /** The command with its prefix. */
    List<String> command(List<String> command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command);
        return words;
    }

    /** Gives a folder to the user that PostgreSQL will run as. */
    void own(Path folder) {
        if (owner.isEmpty() || !Files.exists(folder)) {
            return;
        }
        try {
            int code = new ProcessBuilder("chown", "-R", owner.get() + ":" + owner.get(), folder.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new StackException("Cannot give " + folder + " to user " + owner.get() + " with chown.");
            }
        } catch (IOException e) {
            throw new StackException("Cannot run chown: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean works() {
        try {
            return new ProcessBuilder(command(List.of("true")))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
