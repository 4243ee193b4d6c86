/** The stack's containers on a Docker engine, by Testcontainers. */
package io.tradosphere.stack.testcontainers;
