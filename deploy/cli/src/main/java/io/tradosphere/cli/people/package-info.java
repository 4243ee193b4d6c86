/** Tokens and tiers, for trying out. */
package io.tradosphere.cli.people;
