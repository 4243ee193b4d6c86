/** Generates TypeScript types of the API and the events. */
package io.tradosphere.cli.types;
