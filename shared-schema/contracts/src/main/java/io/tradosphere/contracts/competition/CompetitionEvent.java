package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** What happens to a competition. */
public sealed interface CompetitionEvent extends Event
        permits CompetitionCreated, CompetitionChanged, CompetitionStarted, CompetitionCompleted, CompetitionCancelled {
    /** The competition. */
    UUID competitionId();

    /** What the competition is called. */
    String name();

    @Override
    default String subject() {
        return competitionId().toString();
    }

    @Override
    default String key() {
        return competitionId().toString();
    }
}
