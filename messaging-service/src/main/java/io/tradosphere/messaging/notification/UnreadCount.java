package io.tradosphere.messaging.notification;

/**
 * The number of a person's unread notifications.
 *
 * @param count equal to the number of rows that {@code GET /v1/notifications?unread=true} lists
 */
record UnreadCount(long count) {}
