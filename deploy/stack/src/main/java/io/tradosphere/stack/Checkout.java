package io.tradosphere.stack;

import io.tradosphere.services.InvalidDescriptionException;
import io.tradosphere.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clone of the repository whose programs are started.
 *
 * @param root its top folder
 */
public record Checkout(Path root) {

    private static final String LANDMARK = "deploy/stack-kafka/pom.xml";

    /**
     * The clone around the working folder, or the one that the system property {@code tradosphere.home} names.
     *
     * @throws StackException when there is none
     */
    public static Checkout find() {
        String home = System.getProperty("tradosphere.home");
        Path start = Path.of(home == null ? "" : home).toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(LANDMARK))) {
                return new Checkout(folder);
            }
        }
        throw new StackException("No clone of TradoSphere around " + start
                + ". Run this inside a clone, or set -Dtradosphere.home=DIR.");
    }

    /**
     * Checks how its services are described, so that a mistake is reported before a long build.
     *
     * @throws StackException when one is described wrongly; one line
     */
    public void checkServices() {
        try {
            Services.in(root);
        } catch (InvalidDescriptionException wrong) {
            throw new StackException(wrong.getMessage(), wrong);
        } catch (IOException unreadable) {
            throw new StackException(
                    "Cannot read the services of " + root + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** A path below the top folder. */
    public Path resolve(String path) {
        return root.resolve(path);
    }

    /** The folder for unpacked programs, shared by all data folders. */
    public Path runtime() {
        return root.resolve(".tradosphere/runtime");
    }
}
