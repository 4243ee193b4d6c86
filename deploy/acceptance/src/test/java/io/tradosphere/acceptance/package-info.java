/** Acceptance tests of the whole suite, as users, operators and external consumers see it. All tests share one suite. */
package io.tradosphere.acceptance;
