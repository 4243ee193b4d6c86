/** Test contract of every service's HTTP API. */
package io.tradosphere.test.api;
