package io.tradosphere.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's configuration. The services' addresses are separate variables, such as {@code PROFILE_SERVICE_URL}
 * (see {@link io.tradosphere.gateway.route.Service}).
 */
@ConfigMapping(prefix = "tradosphere.gateway")
public interface GatewayConfig {

    /**
     * The URL at which clients reach this gateway, for {@code servers} in the OpenAPI document. When absent, it is
     * what a trusted proxy forwards, or else relative to the document.
     */
    Optional<String> publicUrl();

    /**
     * Addresses or networks ({@code 10.0.0.0/8}) of the reverse proxies in front of this gateway. Only their {@code
     * X-Forwarded-For}, {@code -Proto} and {@code -Host} headers are trusted. None by default.
     */
    Optional<List<String>> trustedProxies();

    /** How long a shutdown waits for the requests in flight. */
    @WithDefault("10S")
    Duration shutdownTimeout();

    /** The connections to the services. */
    UpstreamConfig upstream();

    /** The connections of clients. */
    ClientConfig client();

    /** The rate limits. */
    RateLimitConfig rateLimit();

    /** The origins of browser apps. */
    CorsConfig cors();

    /** The limits of request bodies. */
    BodyConfig body();

    /** The merged OpenAPI document. */
    OpenApiConfig openapi();

    /** The connections to a service. */
    interface UpstreamConfig {

        /** How long a service may take to begin its response, and how long a request may wait for a connection. */
        @WithDefault("30S")
        Duration timeout();

        /** The time limit for opening a TCP connection. */
        @WithDefault("2S")
        Duration connectTimeout();

        /** How long a replica that refused a connection is skipped while another one is available. */
        @WithDefault("1S")
        Duration downFor();

        /**
         * The time between two looks at whether each replica is ready, where a service has several addresses. A service
         * that stops serves for longer than this after it has said that it is not ready.
         */
        @WithDefault("1S")
        Duration checkEvery();

        /** The maximum number of connections to one replica for ordinary requests. */
        @WithDefault("64")
        int connections();

        /**
         * The maximum number of requests that wait for a connection to one replica. Further requests are refused at
         * once.
         */
        @WithDefault("1024")
        int waiting();

        /** The maximum number of connections to one replica for event streams. Each stream occupies one connection. */
        @WithDefault("10000")
        int streams();
    }

    /** The limits of request bodies. */
    interface BodyConfig {

        /** The largest request body. */
        @WithDefault("1M")
        MemorySize limit();

        /** The largest request body of {@code /v1/trades/import}. */
        @WithDefault("5M")
        MemorySize importLimit();

        /** How much of one body is kept in memory. A larger body is kept in a temporary file. */
        @WithDefault("32K")
        MemorySize inMemory();

        /** The limit of memory for all bodies together. Bodies that exceed it are kept in files. */
        @WithDefault("16M")
        MemorySize memory();

        /** The limit of disk for all bodies together. Bodies that exceed it are refused. */
        @WithDefault("512M")
        MemorySize disk();

        /** The time in which a body may arrive at any rate. */
        @WithDefault("10S")
        Duration grace();

        /** The least average rate after the grace period, in bytes per second. */
        @WithDefault("4K")
        MemorySize leastRate();

        /** The time in which a body must be complete. */
        @WithDefault("120S")
        Duration deadline();

        /** How many bodies that take longer than a second one address may send at once. */
        @WithDefault("32")
        int slowPerAddress();
    }

    /** The limits of clients' connections. */
    interface ClientConfig {

        /** The time in which the first request's head must be complete. */
        @WithDefault("10S")
        Duration headTimeout();

        /** The time after a response in which the next request's head must be complete. */
        @WithDefault("75S")
        Duration keepAlive();

        /**
         * How many connections one address may have open. Trusted proxies may have any number, and so may all without
         * rate limits.
         */
        @WithDefault("1024")
        int connections();
    }

    /** Whether something is done. */
    enum Switch {
        ON,
        OFF
    }

    /** The rate limits, in requests per minute. */
    interface RateLimitConfig {

        /** Whether there are rate limits: {@code TRADOSPHERE_RATE_LIMIT}. */
        @WithDefault("on")
        Switch mode();

        /** Reads with one token. */
        @WithDefault("1200")
        int reads();

        /** Writes with one token. */
        @WithDefault("300")
        int writes();

        /** Reads of one address without a token. */
        @WithDefault("600")
        int anonymousReads();

        /** Writes of one address without a token. */
        @WithDefault("60")
        int anonymousWrites();

        /** Views of signals that one address reports without a token. */
        @WithDefault("60")
        int anonymousViews();

        /** All requests of one address with any token, since a client can invent tokens. */
        @WithDefault("12000")
        int address();

        /** How many tokens and addresses are counted at once. Those not seen for the longest time are dropped. */
        @WithDefault("20000")
        int counted();
    }

    /** The origins of browser apps. */
    interface CorsConfig {

        /**
         * The origins whose scripts may read responses: {@code TRADOSPHERE_CORS_ORIGINS}. Each is an origin such as
         * {@code https://app.example}, an origin with any port such as {@code http://localhost:*}, or {@code *}.
         */
        Optional<List<String>> origins();
    }

    /** The merged OpenAPI document. */
    interface OpenApiConfig {

        /** The minimum interval between two fetches of the services' documents. They are fetched on demand only. */
        @WithDefault("10S")
        Duration refresh();

        /** How long a service may take to return its document. */
        @WithDefault("5S")
        Duration timeout();
    }
}
