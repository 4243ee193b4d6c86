package io.tradosphere.stack.testcontainers;

import io.tradosphere.stack.StackException;
import io.tradosphere.stack.containers.ContainerEngine;
import io.tradosphere.stack.containers.ContainerSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that Testcontainers finds: the one that {@code DOCKER_HOST} names, else this machine's. */
public final class DockerEngine implements ContainerEngine {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

    @Override
    public void requireRunning() {
        withOwnClassLoader(() -> {
            DockerClientFactory docker = DockerClientFactory.instance();
            URI host = connect(docker);
            Optional<URI> named = named();
            // Testcontainers goes on looking when the named engine does not answer; who named one wants no other.
            if (named.isPresent() && !named.get().equals(host)) {
                throw none();
            }
            if (!THIS_MACHINE.contains(docker.dockerHostIpAddress())) {
                throw new StackException("test --containers needs a Docker engine on this machine, and " + host
                        + " is elsewhere: set DOCKER_HOST to one that is here.");
            }
            return host;
        });
    }

    @Override
    public RunningContainer start(ContainerSpec spec, Path log) {
        return withOwnClassLoader(() -> StartedContainer.start(spec, log));
    }

    private static URI connect(DockerClientFactory docker) {
        try {
            docker.client();
            return docker.getTransportConfig().getDockerHost();
        } catch (IllegalStateException notFound) {
            throw none();
        }
    }

    private static Optional<URI> named() {
        return Optional.ofNullable(System.getenv("DOCKER_HOST"))
                .filter(name -> !name.isBlank())
                .map(URI::create);
    }

    private static StackException none() {
        return new StackException("test --containers needs a Docker engine, and none answers at "
                + named().map(URI::toString).orElse("this machine's usual places")
                + ": start one, or run ./tradosphere test, which needs none.");
    }

    /** Testcontainers finds its own classes by the thread's class loader, which is that of the program that loaded this. */
    private static <T> T withOwnClassLoader(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(DockerEngine.class.getClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
