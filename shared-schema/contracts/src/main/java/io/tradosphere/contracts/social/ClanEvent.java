package io.tradosphere.contracts.social;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What happens to a clan; the latest event of a key is the whole state of that clan. */
public sealed interface ClanEvent extends Event permits ClanCreated, ClanChanged, ClanDeleted {
    /** The clan. */
    UUID clanId();

    @Override
    default String subject() {
        return clanId().toString();
    }

    @Override
    default String key() {
        return clanId().toString();
    }
}
