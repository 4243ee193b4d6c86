package io.tradosphere.social.follow;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The follows between the caller and another profile.
 *
 * @param following whether the caller follows the other
 * @param followedBy whether the other follows the caller
 * @param mutual whether both follow each other
 */
@Schema(name = "FollowRelation")
record Relation(boolean following, boolean followedBy, boolean mutual) {}
