package io.tradosphere.gateway.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.tradosphere.gateway.GatewayConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;

/** The reverse proxies in front of this gateway whose forwarding headers are trusted. */
@Singleton
public class TrustedProxies {

    private static final String REMEDY = " is neither an address nor a network. Set tradosphere.gateway.trusted-proxies"
            + " to something like 10.0.0.0/8,192.168.1.7";

    private final List<IpSubnetFilterRule> networks;

    /** Reads the networks of the configuration. */
    TrustedProxies(GatewayConfig config) {
        this.networks = config.trustedProxies().orElse(List.of()).stream()
                .map(TrustedProxies::network)
                .toList();
    }

    /** Whether the forwarding headers of this request are trusted. */
    boolean vouchFor(HttpServerRequest request) {
        return !networks.isEmpty() && includes(address(request.remoteAddress()));
    }

    /** Whether an address is a trusted proxy's. */
    public boolean include(InetAddress address) {
        return includes(new InetSocketAddress(address, 0));
    }

    private boolean includes(InetSocketAddress address) {
        for (IpSubnetFilterRule network : networks) {
            if (network.matches(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The base URL that a trusted proxy forwards, without a trailing slash. Otherwise it is {@code /}, which is
     * relative to the document. Any client can send any {@code Host}.
     */
    public String baseOf(HttpServerRequest request) {
        String host = vouchFor(request) ? request.getHeader(ForwardedHeaders.HOST) : null;
        if (host == null) {
            return "/";
        }
        String scheme = request.getHeader(ForwardedHeaders.PROTO);
        return (scheme == null ? request.scheme() : scheme) + "://" + host;
    }

    /**
     * The client's address: the peer's, or behind trusted proxies the last address that is not a trusted proxy's.
     *
     * @return an IPv4 address, or the network of 64 bits of an IPv6 address
     */
    public String clientOf(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        if (!vouchFor(request)) {
            return network(NetUtil.createByteArrayFromIpAddressString(peer), peer);
        }
        String[] chain =
                String.join(",", request.headers().getAll(ForwardedHeaders.FOR)).split(",", -1);
        byte[] client = NetUtil.createByteArrayFromIpAddressString(peer);
        for (int i = chain.length - 1; i >= 0; i--) {
            byte[] hop = NetUtil.createByteArrayFromIpAddressString(chain[i].strip());
            if (hop == null) {
                break;
            }
            client = hop;
            if (!include(address(hop))) {
                break;
            }
        }
        return network(client, peer);
    }

    /** A client has at least a network of 64 bits of IPv6. */
    private static String network(byte[] address, String otherwise) {
        if (address == null) {
            return otherwise;
        }
        return address.length == 4
                ? NetUtil.bytesToIpAddress(address)
                : HexFormat.of().formatHex(address, 0, 8) + "/64";
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are an address", impossible);
        }
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
