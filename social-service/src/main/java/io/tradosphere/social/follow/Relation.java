package io.tradosphere.social.follow;

/**
 * How the caller and somebody else stand.
 *
 * @param following whether the caller follows the other
 * @param followedBy whether the other follows the caller
 * @param mutual whether both do
 */
record Relation(boolean following, boolean followedBy, boolean mutual) {}
