/** The generated page of event flows. */
package io.tradosphere.test.flow;
