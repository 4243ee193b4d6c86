/** The replica of social-service's blocks. */
package io.tradosphere.streaming.replica;
