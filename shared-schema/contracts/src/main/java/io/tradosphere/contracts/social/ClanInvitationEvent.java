package io.tradosphere.contracts.social;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** Who is invited to which clan. One invitation has an id from its beginning to its end. */
public sealed interface ClanInvitationEvent extends Event permits ClanInvited, ClanInvitationEnded {
    /** The invitation. */
    UUID invitationId();

    /** The clan. */
    UUID clanId();

    /** Who is invited, or was. */
    UUID profileId();

    /** The incarnation of that person's id. */
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
