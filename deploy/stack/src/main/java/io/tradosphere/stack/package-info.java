/** PostgreSQL, Kafka and an OIDC provider as child processes, for `./tradosphere up` and for tests. */
package io.tradosphere.stack;
