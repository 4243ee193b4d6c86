package io.tradosphere.stack.containers;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A Docker engine that runs on this machine.
 *
 * <p>Its implementation stands on Testcontainers and is loaded from the module {@code deploy/stack-containers}, on a class path of
 * its own: no other command, and no service, has Testcontainers on its class path.
 */
public interface ContainerEngine {

    /**
     * The one that was found.
     *
     * @throws StackException when the module isn't built, or no engine answers; one line with the remedy
     */
    static ContainerEngine find(Checkout checkout) {
        ContainerEngine engine = ServiceLoader.load(ContainerEngine.class, loader(checkout))
                .findFirst()
                .orElseThrow(() -> new StackException(MODULE + " is not built: " + REMEDY));
        engine.requireRunning();
        return engine;
    }

    /** The module that implements it. */
    String MODULE = "deploy/stack-containers";

    /** What builds it. */
    String REMEDY = "build it with mvn -pl " + MODULE + " -am -DskipTests process-classes.";

    /**
     * Does nothing when an engine answers.
     *
     * @throws StackException when none does; one line with the remedy
     */
    void requireRunning();

    /**
     * Starts a container, after pulling its image when it is not here. It may not be ready yet.
     *
     * @param spec what to start
     * @param log the file that gets its output, made anew
     * @throws StackException when it cannot be started; one line
     */
    RunningContainer start(ContainerSpec spec, Path log);

    /** A container that was started. */
    interface RunningContainer extends AutoCloseable {

        /** Whether it still runs. */
        boolean isRunning();

        /** Stops and removes it. */
        @Override
        void close();
    }

    private static ClassLoader loader(Checkout checkout) {
        Path target = checkout.resolve(MODULE).resolve("target");
        Path libraries = target.resolve("lib");
        if (!Files.isDirectory(libraries)) {
            throw new StackException(MODULE + " is not built: " + REMEDY);
        }
        try (Stream<Path> jars = Files.list(libraries)) {
            List<URL> classPath = new ArrayList<>();
            classPath.add(url(target.resolve("classes")));
            jars.sorted().forEach(jar -> classPath.add(url(jar)));
            return new URLClassLoader(
                    "testcontainers", classPath.toArray(URL[]::new), ContainerEngine.class.getClassLoader());
        } catch (IOException e) {
            throw new StackException("Cannot read " + libraries + ": " + e.getMessage(), e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Every file has a URL", e);
        }
    }
}
