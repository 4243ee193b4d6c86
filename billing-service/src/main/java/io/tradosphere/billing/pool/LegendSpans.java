package io.tradosphere.billing.pool;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.LegendSpan;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileEvent;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An event consumer that keeps the times at which somebody was a legend. A month is distributed after its end, when the tier may be
 * another one already.
 */
@ApplicationScoped
class LegendSpans implements TransactionalConsumer<ProfileEvent> {

    private static final String OPEN =
            "SELECT profile_id FROM legend_spans WHERE profile_id = ANY($1::uuid[]) AND until IS NULL";
    /** A time that is over stays as it was, whichever event tells of it. */
    private static final String KEEP = """
            INSERT INTO legend_spans (profile_id, since, until, incarnation, sequence)
            SELECT $1, span.since, span.until, $2, $3
            FROM unnest($4::timestamptz[], $5::timestamptz[]) AS span (since, until)
            WHERE NOT EXISTS (
              SELECT FROM erased_profiles e WHERE e.pseudonym = auth.pseudonym($1) AND e.incarnation >= $2)
            ORDER BY span.since
            ON CONFLICT (profile_id, since) DO UPDATE SET until = EXCLUDED.until,
              sequence = greatest(legend_spans.sequence, EXCLUDED.sequence)
            WHERE legend_spans.until IS DISTINCT FROM EXCLUDED.until
            """;
    /** A span is known by its beginning, so a repeated event begins none. */
    private static final String BEGIN = """
            INSERT INTO legend_spans (profile_id, since, incarnation, sequence)
            SELECT $1, $2, $3, $4
            WHERE NOT EXISTS (SELECT FROM legend_spans s WHERE s.profile_id = $1 AND s.sequence > $4)
              AND NOT EXISTS (
                SELECT FROM erased_profiles e WHERE e.pseudonym = auth.pseudonym($1) AND e.incarnation >= $3)
            ON CONFLICT (profile_id, since) DO NOTHING
            """;
    /** Ends the span of another beginning. */
    private static final String END = """
            UPDATE legend_spans SET until = greatest(since, $2), sequence = $3
            WHERE profile_id = $1 AND until IS NULL AND sequence < $3 AND since IS DISTINCT FROM $4::timestamptz
            """;

    @Override
    public String purpose() {
        return "legend-spans";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILES);
    }

    @Override
    public Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    /**
     * Of most people no event matters here: they are no legends, and were none. An event tells of the times before, too, since
     * compaction may have removed the events of their beginning and end.
     */
    @Override
    public Uni<Void> apply(Tx tx, Batch<ProfileEvent> batch) {
        List<Delivery<ProfileEvent>> states = batch.deliveries().stream()
                .filter(delivery -> !delivery.isTombstone())
                .toList();
        Set<UUID> legends = states.stream()
                .filter(delivery -> state(delivery.event())
                        .filter(state -> state.tier() == Tier.LEGEND || state.legendSpans() != null)
                        .isPresent())
                .map(delivery -> delivery.event().profileId())
                .collect(Collectors.toCollection(HashSet::new));
        return tx.execute(OPEN, (Object) Delivery.column(states, ProfileEvent::profileId, UUID[]::new))
                .invoke(rows -> legends.addAll(Rows.list(rows, row -> row.getUUID(0))))
                .chain(() -> applyTo(
                        tx,
                        states.stream()
                                .filter(delivery ->
                                        legends.contains(delivery.event().profileId()))
                                .toList()));
    }

    private static Uni<Void> applyTo(Tx tx, List<Delivery<ProfileEvent>> deliveries) {
        return Multi.createFrom()
                .iterable(deliveries)
                .onItem()
                .transformToUniAndConcatenate(delivery -> state(delivery.event())
                        .map(state -> apply(tx, delivery, state))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Uni<Void> apply(Tx tx, Delivery<ProfileEvent> delivery, ProfileState state) {
        Object tierSince = state.tierSince().atOffset(ZoneOffset.UTC);
        boolean isLegend = state.tier() == Tier.LEGEND;
        Object kept = isLegend ? tierSince : null;
        return keep(tx, delivery, state)
                .chain(() -> tx.execute(END, delivery.event().profileId(), tierSince, delivery.sequence(), kept))
                .chain(() -> isLegend
                        ? tx.execute(
                                BEGIN,
                                delivery.event().profileId(),
                                tierSince,
                                state.incarnation(),
                                delivery.sequence())
                        : Uni.createFrom().nullItem())
                .replaceWithVoid();
    }

    private static Uni<Void> keep(Tx tx, Delivery<ProfileEvent> delivery, ProfileState state) {
        List<LegendSpan> spans = state.legendSpans();
        return spans == null
                ? Uni.createFrom().voidItem()
                : tx.execute(
                                KEEP,
                                delivery.event().profileId(),
                                state.incarnation(),
                                delivery.sequence(),
                                times(spans, LegendSpan::since),
                                times(spans, LegendSpan::until))
                        .replaceWithVoid();
    }

    private static Object times(List<LegendSpan> spans, Function<LegendSpan, Instant> time) {
        return spans.stream()
                .map(span -> time.apply(span).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static Optional<ProfileState> state(ProfileEvent event) {
        if (event instanceof ProfileCreated created) {
            return Optional.of(created.profile());
        }
        if (event instanceof ProfileUpdated updated) {
            return Optional.of(updated.profile());
        }
        return event instanceof TierChanged changed ? Optional.of(changed.profile()) : Optional.empty();
    }
}
