package io.tradosphere.stack.process;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An allocator of ports on 127.0.0.1. It never returns a port twice.
 *
 * <p>Free ports are below the kernel's range for outgoing connections. In that range a client that retries a stopped
 * server may get the server's port, and connect to itself.
 */
public final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private final Set<Integer> given = new HashSet<>();

    /** Whether no process listens on the port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Whether a process accepts connections on the port. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The wanted port when it is free, else any free port. */
    public synchronized int preferably(int wanted) {
        return wanted > 0 && wanted < 65_536 && !given.contains(wanted) && isFree(wanted) ? give(wanted) : any();
    }

    /**
     * Any free port.
     *
     * @throws StackException when there is none
     */
    public synchronized int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!given.contains(port) && isFree(port)) {
                return give(port);
            }
        }
        throw new StackException(
                "No free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1. Stop a program that uses some.");
    }

    private int give(int port) {
        given.add(port);
        return port;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
