/** Runs all tests on one shared stack. */
package io.tradosphere.cli.tests;
