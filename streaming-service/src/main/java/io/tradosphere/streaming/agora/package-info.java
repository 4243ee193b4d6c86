/** Agora's tokens and its REST API. */
package io.tradosphere.streaming.agora;
