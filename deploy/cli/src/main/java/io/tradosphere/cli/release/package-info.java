/** The last release, and its files out of the clone's own history. */
package io.tradosphere.cli.release;
