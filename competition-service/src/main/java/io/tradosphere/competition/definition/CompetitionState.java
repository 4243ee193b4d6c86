package io.tradosphere.competition.definition;

import io.tradosphere.contracts.competition.CompetitionCancelled;
import io.tradosphere.contracts.competition.CompetitionChanged;
import io.tradosphere.contracts.competition.CompetitionCreated;
import io.tradosphere.contracts.competition.CompetitionType;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.http.Etags;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.List;

/**
 * A competition with its version.
 *
 * @param version source of the ETag and of the event's {@code ce_sequence}
 * @param creatorIncarnation incarnation of the creator's profile; null once the creator is erased
 */
record CompetitionState(long version, Long creatorIncarnation, CompetitionView competition) {

    /** The selected columns, for a table alias {@code competitions c}. */
    static final String COLUMNS = """
            c.id, c.creator_id, c.name, c.description, c.type, c.entry_fee, c.prize_pool, c.currency,
            c.platform_fee_percentage, c.rules::text AS rules, c.max_participants, c.participant_count,
            c.scoring_metrics::text AS scoring_metrics, c.status, c.starts_at, c.ends_at, c.completed_at, c.cancelled_at,
            c.created_at, c.updated_at, c.version,
            (SELECT p.incarnation FROM profiles p WHERE p.id = c.creator_id) AS creator_incarnation
            """;

    static CompetitionState of(Row row) {
        return new CompetitionState(
                row.getLong("version"), row.getLong("creator_incarnation"), CompetitionView.of(row));
    }

    /** The 404 problem for an id without a competition. */
    static Problem notFound() {
        return ProblemKind.NOT_FOUND.because("No competition has this id.");
    }

    String etag() {
        return Etags.of(version, competition);
    }

    boolean isDuel() {
        return competition.type().equals(NewCompetition.DUEL);
    }

    CompetitionCreated created() {
        return new CompetitionCreated(
                competition.id(),
                competition.name(),
                competition.creatorId(),
                creatorIncarnation,
                type(competition.type()),
                new BigDecimal(competition.entryFee()),
                new BigDecimal(competition.prizePool()),
                competition.platformFeePercentage(),
                competition.currency(),
                competition.maxParticipants(),
                competition.startsAt(),
                competition.endsAt(),
                competition.createdAt());
    }

    CompetitionChanged changed(List<String> changedFields) {
        return new CompetitionChanged(
                competition.id(),
                competition.name(),
                competition.creatorId(),
                creatorIncarnation,
                changedFields,
                new BigDecimal(competition.prizePool()),
                competition.platformFeePercentage(),
                competition.currency(),
                competition.maxParticipants(),
                competition.startsAt(),
                competition.endsAt(),
                competition.updatedAt());
    }

    CompetitionCancelled cancelled() {
        return new CompetitionCancelled(
                competition.id(),
                competition.name(),
                competition.creatorId(),
                creatorIncarnation,
                competition.cancelledAt());
    }

    private static CompetitionType type(String text) {
        return switch (text) {
            case NewCompetition.DUEL -> CompetitionType.ONE_ON_ONE;
            case "team" -> CompetitionType.TEAM;
            default -> CompetitionType.FREE_FOR_ALL;
        };
    }
}
