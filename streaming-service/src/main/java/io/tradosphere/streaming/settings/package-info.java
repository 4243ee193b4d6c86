/** What an operator sets for this service. */
package io.tradosphere.streaming.settings;
