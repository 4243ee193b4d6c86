package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.Event;
import java.util.UUID;

/** Who takes part in a competition. */
public sealed interface CompetitionParticipantEvent extends Event
        permits ParticipantJoined, ParticipantWithdrew, ParticipantDisqualified {
    /** The competition. */
    UUID competitionId();

    /** The participation. */
    UUID participantId();

    /** The person. */
    UUID profileId();

    /** The incarnation of that person's id. */
    long incarnation();

    @Override
    default String subject() {
        return participantId().toString();
    }

    @Override
    default String key() {
        return competitionId().toString();
    }
}
