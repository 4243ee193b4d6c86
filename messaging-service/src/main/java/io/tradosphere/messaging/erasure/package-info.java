/** How a person is erased from the slice of messages and notifications. */
package io.tradosphere.messaging.erasure;
