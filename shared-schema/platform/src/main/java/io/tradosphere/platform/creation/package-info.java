/** Idempotent creations of resources, as the resources call them. */
package io.tradosphere.platform.creation;
