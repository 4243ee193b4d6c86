package io.tradosphere.gateway.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.tradosphere.gateway.GatewayConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The proxies in front of this gateway, whose word on who the client is counts. */
@Singleton
public class TrustedProxies {

    private static final String REMEDY = " is neither an address nor a network; set tradosphere.gateway.trusted-proxies"
            + " to something like 10.0.0.0/8,192.168.1.7";

    private final List<IpSubnetFilterRule> networks;

    /** Reads the networks of the configuration. */
    TrustedProxies(GatewayConfig config) {
        this.networks = config.trustedProxies().orElse(List.of()).stream()
                .map(TrustedProxies::network)
                .toList();
    }

    /** Whether the forwarding headers of this request are to be believed. */
    boolean vouchFor(HttpServerRequest request) {
        if (networks.isEmpty()) {
            return false;
        }
        InetSocketAddress peer = address(request.remoteAddress());
        return networks.stream().anyMatch(network -> network.matches(peer));
    }

    /** The scheme and authority that the client used, without a slash at the end. */
    public String baseOf(HttpServerRequest request) {
        String scheme = request.scheme();
        HostAndPort authority = request.authority();
        String host = authority == null ? "localhost" : authority.toString();
        if (vouchFor(request)) {
            String forwardedScheme = request.getHeader(ForwardedHeaders.PROTO);
            String forwardedHost = request.getHeader(ForwardedHeaders.HOST);
            scheme = forwardedScheme == null ? scheme : forwardedScheme;
            host = forwardedHost == null ? host : forwardedHost;
        }
        return scheme + "://" + host;
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        String address = (slash < 0 ? text : text.substring(0, slash)).strip();
        try {
            int bits = slash < 0
                    ? InetAddress.getByName(address).getAddress().length * 8
                    : Integer.parseInt(text.substring(slash + 1).strip());
            return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
        } catch (UnknownHostException | IllegalArgumentException malformed) {
            throw new ConfigurationException("'" + text + "'" + REMEDY, malformed);
        }
    }

    private static InetSocketAddress address(SocketAddress peer) {
        try {
            return new InetSocketAddress(InetAddress.getByName(peer.hostAddress()), peer.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an accepted connection has a numeric address", impossible);
        }
    }
}
