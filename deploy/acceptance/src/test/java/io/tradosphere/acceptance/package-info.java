/** The whole suite from outside: what its users, its operators and strangers see. One suite serves all tests. */
package io.tradosphere.acceptance;
