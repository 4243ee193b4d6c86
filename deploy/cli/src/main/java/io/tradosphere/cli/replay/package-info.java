/** Gives consumer groups their dead letters again. */
package io.tradosphere.cli.replay;
