/** What the service requires of its environment. */
package io.tradosphere.messaging.settings;
