/** Load with processes killed at random, and whether anything was lost or doubled by it. */
package io.tradosphere.cli.soak;
