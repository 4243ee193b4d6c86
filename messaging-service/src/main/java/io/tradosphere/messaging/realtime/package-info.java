/** Event streams (server-sent events) of messages, receipts, removals and notifications. */
package io.tradosphere.messaging.realtime;
