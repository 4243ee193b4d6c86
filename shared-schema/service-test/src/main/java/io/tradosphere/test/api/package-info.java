/** What every service's HTTP interface must describe, and bear. */
package io.tradosphere.test.api;
