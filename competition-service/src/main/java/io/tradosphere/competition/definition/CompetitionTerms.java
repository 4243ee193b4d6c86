package io.tradosphere.competition.definition;

import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.RulesParser;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The validated terms of a competition, as stored. Defaults are filled in. */
record CompetitionTerms(
        String name,
        String description,
        BigDecimal prizePool,
        BigDecimal platformFeePercentage,
        Rules rules,
        Integer maxParticipants,
        ScoringMetrics scoringMetrics,
        OffsetDateTime startsAt,
        OffsetDateTime endsAt) {

    private static final BigDecimal DEFAULT_FEE_PERCENTAGE = BigDecimal.valueOf(5);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
    private static final Duration MAX_DURATION = Duration.ofDays(366);
    private static final Duration MAX_LEAD_TIME = Duration.ofDays(3_660);

    /**
     * Validates the requested terms and fills in defaults.
     *
     * @param currentStart the stored start, which may lie in the past; null for a new competition
     * @throws Problem {@code invalid-request} (400)
     */
    static CompetitionTerms of(EditableCompetition request, boolean duel, Instant currentStart) {
        List<Violation> violations = new ArrayList<>();
        Optional<Rules> rules = RulesParser.rules(request.rules(), duel, violations);
        Optional<ScoringMetrics> metrics = RulesParser.scoringMetrics(request.scoringMetrics(), violations);
        Integer maxParticipants = maxParticipants(request.maxParticipants(), duel, currentStart == null, violations);
        require("name", request.name(), violations);
        require("prizePool", request.prizePool(), violations);
        require("startsAt", request.startsAt(), violations);
        require("endsAt", request.endsAt(), violations);
        if (request.startsAt() != null && request.endsAt() != null) {
            checkTimes(request.startsAt(), request.endsAt(), currentStart, violations);
        }
        if (!violations.isEmpty()) {
            throw ProblemKind.INVALID_REQUEST.because("The competition is invalid.", violations);
        }
        return new CompetitionTerms(
                request.name(),
                request.description(),
                Decimals.stripped(request.prizePool()),
                request.platformFeePercentage() == null
                        ? DEFAULT_FEE_PERCENTAGE
                        : Decimals.stripped(request.platformFeePercentage()),
                rules.orElseThrow(),
                maxParticipants,
                metrics.orElseThrow(),
                truncated(request.startsAt()),
                truncated(request.endsAt()));
    }

    /** The names of the fields that differ from those of the earlier terms. */
    List<String> changedSince(CompetitionTerms before) {
        return Stream.of(
                        changed("name", name, before.name),
                        changed("description", description, before.description),
                        changed("prizePool", prizePool, before.prizePool),
                        changed("platformFeePercentage", platformFeePercentage, before.platformFeePercentage),
                        changed("rules", rules, before.rules),
                        changed("maxParticipants", maxParticipants, before.maxParticipants),
                        changed("scoringMetrics", scoringMetrics, before.scoringMetrics),
                        changed("startsAt", startsAt, before.startsAt),
                        changed("endsAt", endsAt, before.endsAt))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The names of the changed fields that bind the organiser once somebody has joined. Name and description stay free. The prize
     * pool and the capacity may grow, and the fee may fall. A trigger of the table checks the same.
     */
    List<String> changedAgainstParticipants(CompetitionTerms before) {
        return changedSince(before).stream()
                .filter(field -> switch (field) {
                    case "name", "description" -> false;
                    case "prizePool" -> prizePool.compareTo(before.prizePool) < 0;
                    case "platformFeePercentage" -> platformFeePercentage.compareTo(before.platformFeePercentage) > 0;
                    case "maxParticipants" ->
                        maxParticipants != null
                                && (before.maxParticipants == null || maxParticipants < before.maxParticipants);
                    default -> true;
                })
                .toList();
    }

    private static Optional<String> changed(String field, Object after, Object before) {
        return Objects.equals(after, before) ? Optional.empty() : Optional.of(field);
    }

    private static void require(String field, Object value, List<Violation> violations) {
        if (value == null) {
            violations.add(new Violation(field, "is required"));
        }
    }

    /** Only a new 1v1 may leave it out: a patch with null would clear it. */
    private static Integer maxParticipants(
            BigDecimal request, boolean duel, boolean isNew, List<Violation> violations) {
        boolean isTwo = request == null ? isNew : request.intValue() == 2;
        if (duel && !isTwo) {
            violations.add(new Violation("maxParticipants", "is 2 in a 1v1"));
        }
        if (duel) {
            return 2;
        }
        return request == null ? null : request.intValueExact();
    }

    private static void checkTimes(Instant start, Instant end, Instant currentStart, List<Violation> violations) {
        Instant now = Instant.now();
        boolean isNew = !Objects.equals(start, currentStart);
        if (isNew && start.isBefore(now.minus(CLOCK_TOLERANCE))) {
            violations.add(new Violation("startsAt", "is not in the past"));
        }
        if (start.isAfter(now.plus(MAX_LEAD_TIME))) {
            violations.add(new Violation("startsAt", "is within the next ten years"));
        } else if (!end.isAfter(start)) {
            violations.add(new Violation("endsAt", "is after startsAt"));
        } else if (end.isAfter(start.plus(MAX_DURATION))) {
            violations.add(new Violation("endsAt", "is at most " + MAX_DURATION.toDays() + " days after startsAt"));
        }
    }

    /** Truncates to microseconds, the precision of the database. */
    private static OffsetDateTime truncated(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
