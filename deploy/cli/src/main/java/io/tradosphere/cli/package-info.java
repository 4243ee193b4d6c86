/** The program behind {@code ./tradosphere}, with one package for each command. */
package io.tradosphere.cli;
