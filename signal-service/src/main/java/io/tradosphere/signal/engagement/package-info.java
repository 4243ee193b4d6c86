/** How people take signals: reactions, comments and views, and the counters that they move. */
package io.tradosphere.signal.engagement;
