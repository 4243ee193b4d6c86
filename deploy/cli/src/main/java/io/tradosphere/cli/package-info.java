/** What {@code ./tradosphere} runs: one package a command. */
package io.tradosphere.cli;
