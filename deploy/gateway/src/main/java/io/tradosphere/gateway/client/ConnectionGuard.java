package io.tradosphere.gateway.client;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.tradosphere.gateway.GatewayConfig.ClientConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A Netty handler that closes a connection whose request head is not complete in time. It also closes a connection
 * of an address that has too many.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    /** The name that Vert.x gives to its last handler, which receives decoded requests. */
    private static final String VERTX_HANDLER = "handler";

    private static final long NONE = Long.MAX_VALUE;

    private final ClientConfig config;
    private InetAddress address;
    private boolean counted;
    private boolean observing;

    /** Requests without a complete response. A client may send several without waiting. */
    private int inFlight;

    /** When the next head must be complete, in {@link System#nanoTime}; {@link #NONE} during a request. */
    private long deadline = NONE;

    ConnectionGuard(ClientConfig config) {
        this.config = config;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (context.channel().remoteAddress() instanceof InetSocketAddress peer) {
            address = peer.getAddress();
            counted = ConnectionLimits.opened(address);
            if (!counted) {
                context.close();
                return;
            }
        }
        awaitHead(config.headTimeout().toNanos());
        watch(context);
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        deadline = NONE;
        if (counted) {
            counted = false;
            ConnectionLimits.closed(address);
        }
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (!observing) {
            observing = true;
            if (context.pipeline().get(VERTX_HANDLER) != null) {
                context.pipeline().addBefore(VERTX_HANDLER, null, new Observer());
            } else {
                // Another protocol, such as TLS. Without an observer nothing ends a request, so there is no deadline.
                deadline = NONE;
            }
        }
        super.channelRead(context, bytes);
    }

    private void awaitHead(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    /** One check at a time, not a task for each request. */
    private void watch(ChannelHandlerContext context) {
        long wait = config.headTimeout().toNanos();
        if (deadline != NONE) {
            wait = deadline - System.nanoTime();
            if (wait <= 0) {
                context.close();
                return;
            }
        }
        context.executor()
                .schedule(
                        () -> {
                            if (context.channel().isActive()) {
                                watch(context);
                            }
                        },
                        Math.min(wait, config.headTimeout().toNanos()),
                        TimeUnit.NANOSECONDS);
    }

    /** Sees decoded requests and responses. */
    private final class Observer extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest) {
                inFlight++;
                deadline = NONE;
            }
            super.channelRead(context, message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            boolean interim = message instanceof HttpResponse response
                    && response.status().code() < 200;
            if (message instanceof LastHttpContent && !interim && --inFlight <= 0) {
                inFlight = 0;
                awaitHead(config.keepAlive().toNanos());
            }
            super.write(context, message, promise);
        }
    }
}
