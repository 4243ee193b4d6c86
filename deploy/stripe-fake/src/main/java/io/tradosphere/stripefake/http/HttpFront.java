package io.tradosphere.stripefake.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An HTTP server on 127.0.0.1. */
public final class HttpFront implements AutoCloseable {

    private static final int LARGEST = 1 << 20;

    private final EventLoopGroup threads = new NioEventLoopGroup(2);
    private final Channel channel;

    /**
     * @param port its port; 0 takes a free one
     * @param answer what answers a request; it must not block for long
     */
    public HttpFront(int port, Function<HttpRequest, CompletionStage<HttpAnswer>> answer) {
        channel = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpServerExpectContinueHandler(),
                                        new HttpObjectAggregator(LARGEST),
                                        new Answering(answer));
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", port))
                .syncUninterruptibly()
                .channel();
    }

    /** Its port. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        threads.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Function<HttpRequest, CompletionStage<HttpAnswer>> answer;

        private Answering(Function<HttpRequest, CompletionStage<HttpAnswer>> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            boolean keepAlive = HttpUtil.isKeepAlive(request);
            answer.apply(read(request)).whenComplete((given, failure) -> {
                if (failure != null) {
                    failure.printStackTrace();
                }
                if (failure != null || given.status() == 0) {
                    context.close();
                } else {
                    write(context, given, keepAlive);
                }
            });
        }

        private static HttpRequest read(FullHttpRequest request) {
            String uri = request.uri();
            int question = uri.indexOf('?');
            Map<String, String> headers = new HashMap<>();
            request.headers()
                    .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
            return new HttpRequest(
                    request.method().name(),
                    new QueryStringDecoder(uri).path(),
                    question < 0 ? "" : uri.substring(question + 1),
                    headers,
                    request.content().toString(StandardCharsets.UTF_8));
        }

        private static void write(ChannelHandlerContext context, HttpAnswer given, boolean keepAlive) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(given.status()),
                    Unpooled.copiedBuffer(given.body(), StandardCharsets.UTF_8));
            given.headers().forEach((name, value) -> response.headers().set(name, value));
            response.headers()
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            if (keepAlive) {
                context.writeAndFlush(response);
            } else {
                response.headers().set(HttpHeaderNames.CONNECTION, "close");
                context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
