package io.tradosphere.competition.contest;

import io.tradosphere.competition.rules.RuleBook;
import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.Problem.Violation;
import io.tradosphere.platform.http.Problems;
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

/** What a competition is held by, as it is stored: every default filled in, and sound as a whole. */
record Terms(
        String name,
        String description,
        BigDecimal prizePool,
        BigDecimal platformFeePercentage,
        Rules rules,
        Integer maxParticipants,
        ScoringMetrics scoringMetrics,
        OffsetDateTime startsAt,
        OffsetDateTime endsAt) {

    private static final BigDecimal USUAL_FEE = BigDecimal.valueOf(5);
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration FURTHEST_AHEAD = Duration.ofDays(3_660);

    /**
     * The terms that somebody asks for.
     *
     * @param knownStart the start that stands already and may lie in the past; null for none
     * @throws Problem {@code invalid-request} (400)
     */
    static Terms of(EditableCompetition asked, boolean duel, Instant knownStart) {
        List<Violation> violations = new ArrayList<>();
        Optional<Rules> rules = RuleBook.rules(asked.rules(), duel, violations);
        Optional<ScoringMetrics> metrics = RuleBook.scoringMetrics(asked.scoringMetrics(), violations);
        Integer places = places(asked.maxParticipants(), duel, violations);
        require("name", asked.name(), violations);
        require("prizePool", asked.prizePool(), violations);
        require("startsAt", asked.startsAt(), violations);
        require("endsAt", asked.endsAt(), violations);
        if (asked.startsAt() != null && asked.endsAt() != null) {
            checkTimes(asked.startsAt(), asked.endsAt(), knownStart, violations);
        }
        if (!violations.isEmpty()) {
            throw Problems.INVALID_REQUEST.because("A competition cannot be held on these terms.", violations);
        }
        return new Terms(
                asked.name(),
                asked.description(),
                Decimals.stripped(asked.prizePool()),
                asked.platformFeePercentage() == null ? USUAL_FEE : Decimals.stripped(asked.platformFeePercentage()),
                rules.orElseThrow(),
                places,
                metrics.orElseThrow(),
                stored(asked.startsAt()),
                stored(asked.endsAt()));
    }

    private static void require(String field, Object value, List<Violation> violations) {
        if (value == null) {
            violations.add(new Violation(field, "is required"));
        }
    }

    private static Integer places(BigDecimal asked, boolean duel, List<Violation> violations) {
        if (duel && asked != null && asked.intValue() != 2) {
            violations.add(new Violation("maxParticipants", "is 2 in a 1v1"));
        }
        if (duel) {
            return 2;
        }
        return asked == null ? null : asked.intValueExact();
    }

    private static void checkTimes(Instant start, Instant end, Instant knownStart, List<Violation> violations) {
        Instant now = Instant.now();
        boolean isNew = !Objects.equals(start, knownStart);
        if (isNew && start.isBefore(now.minus(CLOCKS_MAY_DIFFER))) {
            violations.add(new Violation("startsAt", "is not in the past"));
        }
        if (start.isAfter(now.plus(FURTHEST_AHEAD))) {
            violations.add(new Violation("startsAt", "is within the next ten years"));
        } else if (!end.isAfter(start)) {
            violations.add(new Violation("endsAt", "is after startsAt"));
        } else if (end.isAfter(start.plus(LONGEST))) {
            violations.add(new Violation("endsAt", "is at most " + LONGEST.toDays() + " days after startsAt"));
        }
    }

    /** To the microsecond, as the database keeps it. */
    private static OffsetDateTime stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
