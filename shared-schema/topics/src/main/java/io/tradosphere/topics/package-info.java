/** The topics of the event contract on a broker: created, or compared. */
package io.tradosphere.topics;
