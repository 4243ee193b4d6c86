/** Tokens and tiers for trying TradoSphere out. */
package io.tradosphere.cli.people;
