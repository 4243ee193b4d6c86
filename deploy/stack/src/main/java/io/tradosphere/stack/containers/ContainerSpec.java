package io.tradosphere.stack.containers;

import java.util.List;
import java.util.Map;

/**
 * A container to start.
 *
 * @param name what it is called in messages and log files
 * @param image the image with its tag
 * @param environment its environment variables
 * @param command what the image's entry point is given
 * @param port where it listens inside
 * @param hostPort the port of 127.0.0.1 that leads there
 * @param files texts to put into it before it starts, by absolute path
 * @param sharedMemory the size of its {@code /dev/shm} in bytes
 */
public record ContainerSpec(
        String name,
        String image,
        Map<String, String> environment,
        List<String> command,
        int port,
        int hostPort,
        Map<String, String> files,
        long sharedMemory) {

    /** Keeps its own copies. */
    public ContainerSpec {
        environment = Map.copyOf(environment);
        command = List.copyOf(command);
        files = Map.copyOf(files);
    }
}
