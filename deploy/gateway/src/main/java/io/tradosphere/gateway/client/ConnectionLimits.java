package io.tradosphere.gateway.client;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.tradosphere.gateway.GatewayConfig.ClientConfig;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * A Netty extension that limits each accepted connection. Vert.x passes a request on only when its head is complete,
 * so a slow head can be limited only here. {@code Main} switches extensions on.
 */
public final class ConnectionLimits extends ChannelInitializerExtension {

    private static final ConcurrentMap<InetAddress, Integer> OPEN = new ConcurrentHashMap<>();
    private static volatile Settings settings;

    /**
     * The limits.
     *
     * @param config the configured limits
     * @param trusted whether an address is a trusted proxy's, which may open any number of connections
     */
    private record Settings(ClientConfig config, Predicate<InetAddress> trusted) {}

    /** For Netty, which creates it by the service file. */
    public ConnectionLimits() {}

    /**
     * Sets the limits of further connections.
     *
     * @param trusted whether an address is a trusted proxy's, which may open any number of connections
     */
    public static void configure(ClientConfig config, Predicate<InetAddress> trusted) {
        settings = new Settings(config, trusted);
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Settings current = settings;
        if (current != null) {
            channel.pipeline().addFirst(new ConnectionGuard(current.config()));
        }
    }

    /** Counts a connection. False, and it is not counted, when its address has too many. */
    static boolean opened(InetAddress address) {
        Settings current = settings;
        if (current.trusted().test(address)) {
            return OPEN.merge(address, 1, Integer::sum) > 0;
        }
        boolean[] counted = new boolean[1];
        OPEN.compute(address, (key, count) -> {
            int others = count == null ? 0 : count;
            counted[0] = others < current.config().connections();
            return counted[0] ? Integer.valueOf(others + 1) : count;
        });
        return counted[0];
    }

    static void closed(InetAddress address) {
        OPEN.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
