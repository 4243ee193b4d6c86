/** A demo through the public API. */
package io.tradosphere.cli.demo;
