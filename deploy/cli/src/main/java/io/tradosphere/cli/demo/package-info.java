/** A story through the public API. */
package io.tradosphere.cli.demo;
