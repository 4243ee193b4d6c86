package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** Who is invited to which watchlist. One invitation has an id from its beginning to its end. */
public sealed interface WatchlistInvitationEvent extends Event permits WatchlistInvited, WatchlistInvitationEnded {
    /** The invitation. */
    UUID invitationId();

    /** The watchlist. */
    UUID watchlistId();

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
        return watchlistId() + ":" + profileId();
    }
}
