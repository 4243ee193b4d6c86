/** Replicas of other slices' compacted topics, declared by table, key, columns and persons. */
package io.tradosphere.platform.replica;
