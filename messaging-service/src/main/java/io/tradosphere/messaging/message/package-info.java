/** Direct messages: sending, reading and deleting one. */
package io.tradosphere.messaging.message;
