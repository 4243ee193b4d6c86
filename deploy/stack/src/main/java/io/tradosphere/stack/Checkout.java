package io.tradosphere.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clone of the repository that everything is started from.
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
        throw new StackException(
                "No clone of TradoSphere around " + start + ": run this inside one, or set -Dtradosphere.home=DIR.");
    }

    /** A path below the top folder. */
    public Path resolve(String path) {
        return root.resolve(path);
    }

    /** Where things unpacked once are kept, whatever data folder is used. */
    public Path runtime() {
        return root.resolve(".tradosphere/runtime");
    }
}
