/** PostgreSQL, Kafka and an OIDC provider as child processes: what `./tradosphere up` and every test stand on. */
package io.tradosphere.stack;
