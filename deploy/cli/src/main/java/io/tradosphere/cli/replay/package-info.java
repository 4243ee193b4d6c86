/** Puts dead letters back. */
package io.tradosphere.cli.replay;
