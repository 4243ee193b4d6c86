/** PostgreSQL as a child process: its binaries, a cluster in a folder, and TradoSphere's databases in it. */
package io.tradosphere.stack.postgres;
