/** PostgreSQL as a child process: its binaries, its cluster, and TradoSphere's databases. */
package io.tradosphere.stack.postgres;
