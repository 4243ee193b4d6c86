/** Who watches, by heartbeats, and how many. */
package io.tradosphere.streaming.viewer;
