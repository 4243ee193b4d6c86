/** Notifications and the preferences of those who get them. */
package io.tradosphere.messaging.notification;
