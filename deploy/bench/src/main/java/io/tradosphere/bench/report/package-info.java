/** The report as a table and as JSON. */
package io.tradosphere.bench.report;
