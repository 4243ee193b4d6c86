package io.tradosphere.stack;

import io.tradosphere.stack.postgres.Address;
import java.util.Map;

/** A PostgreSQL, a Kafka broker with the suite's topics, and an OIDC provider, all running. */
public interface RunningStack extends AutoCloseable {

    /** PostgreSQL's address as superuser. */
    Address superuser();

    /** What Kafka clients connect to. */
    String kafkaBootstrap();

    /** The issuer's URL. */
    String oidcIssuer();

    /** The environment in which {@link TestStack#get()} finds this stack. */
    default Map<String, String> environment() {
        return Map.of(
                TestStack.POSTGRES,
                superuser().url(),
                TestStack.KAFKA,
                kafkaBootstrap(),
                TestStack.ISSUER,
                oidcIssuer());
    }

    /** Stops all three. */
    @Override
    void close();
}
