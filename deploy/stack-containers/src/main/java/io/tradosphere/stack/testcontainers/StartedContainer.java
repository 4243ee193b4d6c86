package io.tradosphere.stack.testcontainers;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.containers.ContainerEngine.RunningContainer;
import io.tradosphere.stack.containers.ContainerSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A container of Testcontainers, which removes it at the latest when this JVM is gone. */
final class StartedContainer implements RunningContainer {

    private static final int READABLE = 0644;

    private final GenericContainer<?> container;
    private final BufferedWriter log;
    private boolean closed;

    private StartedContainer(GenericContainer<?> container, BufferedWriter log) {
        this.container = container;
        this.log = log;
    }

    static StartedContainer start(ContainerSpec spec, Path logFile) {
        StartedContainer started = new StartedContainer(container(spec), open(logFile));
        started.container.withLogConsumer(started::write);
        try {
            started.container.start();
            return started;
        } catch (RuntimeException failure) {
            started.close();
            throw new StackException(
                    spec.name() + " (" + spec.image() + ") could not be started: " + rootCause(failure)
                            + "; its log is " + logFile,
                    failure);
        }
    }

    /** What Testcontainers is told; nothing is started yet. */
    static GenericContainer<?> container(ContainerSpec spec) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(spec.image()))
                .withEnv(spec.environment())
                .withExposedPorts(spec.port())
                .withSharedMemorySize(spec.sharedMemory())
                .withCreateContainerCmdModifier(create -> create.getHostConfig().withPortBindings(binding(spec)))
                // Whether it is ready is found out from outside, as for the embedded stack.
                .waitingFor(new Started());
        if (!spec.command().isEmpty()) {
            container.withCommand(spec.command().toArray(String[]::new));
        }
        spec.files().forEach((path, text) -> container.withCopyToContainer(Transferable.of(text, READABLE), path));
        return container;
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public void close() {
        container.stop();
        synchronized (log) {
            closed = true;
            try {
                log.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** From a port of 127.0.0.1, which no other machine reaches. */
    static PortBinding binding(ContainerSpec spec) {
        return new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", spec.hostPort()), ExposedPort.tcp(spec.port()));
    }

    private void write(OutputFrame frame) {
        synchronized (log) {
            // The last lines may arrive while it is being removed.
            if (closed) {
                return;
            }
            try {
                log.write(frame.getUtf8String());
                log.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static BufferedWriter open(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new StackException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** Waits for nothing beyond the start. */
    private static final class Started extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {}
    }
}
