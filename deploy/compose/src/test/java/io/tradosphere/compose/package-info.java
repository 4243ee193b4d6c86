/** The tests of compose.yaml and of what it mounts. */
package io.tradosphere.compose;
