/** Engagement with signals: reactions, comments and views, and their counters. */
package io.tradosphere.signal.engagement;
