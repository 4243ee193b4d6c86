package io.tradosphere.contracts.social;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** Who belongs to which clan; the latest event of a key says whether, and as what. */
public sealed interface ClanMemberEvent extends Event permits ClanMemberJoined, ClanMemberRoleChanged, ClanMemberLeft {
    /** The clan. */
    UUID clanId();

    /** The member. */
    UUID profileId();

    /** The incarnation of the member's id. */
    long incarnation();

    @Override
    default String subject() {
        return key();
    }

    @Override
    default String key() {
        return clanId() + ":" + profileId();
    }
}
