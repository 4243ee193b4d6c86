/** Agora's notices: verified, counted once, and applied. */
package io.tradosphere.streaming.webhook;
