/** PostgreSQL, Kafka and Keycloak in containers: what is started, and the stack that comes of it. No Testcontainers here. */
package io.tradosphere.stack.containers;
