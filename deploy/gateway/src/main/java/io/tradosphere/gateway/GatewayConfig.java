package io.tradosphere.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator can set beside the services' addresses, which are plain variables such as
 * {@code PROFILE_SERVICE_URL} (see {@link io.tradosphere.gateway.route.Service}).
 */
@ConfigMapping(prefix = "tradosphere.gateway")
public interface GatewayConfig {

    /**
     * Where clients reach this gateway, for the {@code servers} of the OpenAPI document. When absent, whatever the
     * request was addressed to.
     */
    Optional<String> publicUrl();

    /**
     * Addresses or networks ({@code 10.0.0.0/8}) of the proxies in front of this gateway. {@code X-Forwarded-For},
     * {@code -Proto} and {@code -Host} are believed from these alone; none by default.
     */
    Optional<List<String>> trustedProxies();

    /** How long a shutdown waits for the requests under way. */
    @WithDefault("10S")
    Duration shutdownTimeout();

    /** How a service is talked to. */
    UpstreamConfig upstream();

    /** What a client may send. */
    BodyConfig body();

    /** The merged OpenAPI document. */
    OpenApiConfig openapi();

    /** How a service is talked to. */
    interface UpstreamConfig {

        /** How long a service may take to begin its answer, and how long a request may wait for a connection. */
        @WithDefault("30S")
        Duration timeout();

        /** How long making a TCP connection may take. */
        @WithDefault("2S")
        Duration connectTimeout();

        /** How long a replica that refused a connection is passed over while another one is there. */
        @WithDefault("1S")
        Duration downFor();

        /** Most connections to one replica for ordinary requests. */
        @WithDefault("64")
        int connections();

        /** Most requests that wait for a connection to one replica; more are refused at once rather than late. */
        @WithDefault("1024")
        int waiting();

        /** Most connections to one replica for event streams, each of which occupies one as long as it lasts. */
        @WithDefault("10000")
        int streams();
    }

    /** What a client may send. */
    interface BodyConfig {

        /** Largest request body. */
        @WithDefault("1M")
        MemorySize limit();

        /** Largest request body of {@code /v1/trades/import}. */
        @WithDefault("5M")
        MemorySize importLimit();
    }

    /** The merged OpenAPI document. */
    interface OpenApiConfig {

        /** The services are asked for their documents at most this often, and only on demand. */
        @WithDefault("10S")
        Duration refresh();

        /** How long a service may take to answer with its document. */
        @WithDefault("5S")
        Duration timeout();
    }
}
