package io.tradosphere.competition.copies;

import static io.tradosphere.platform.db.Columns.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileSettingsEvent;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps the copy of who is in stealth mode, and hides and shows them in every competition they take or took part in, in the results
 * of those that are over too.
 *
 * <p>Rows are locked in the order in which a join locks them: stealth, competition, participant, ranking; each kind in the order
 * of its keys. While the stealth rows are locked nobody they speak of can join, so the participants found are all there are.
 */
@ApplicationScoped
class StealthModes implements Effect<ProfileSettingsEvent> {

    private static final String KEEP = """
            INSERT INTO stealth AS known (profile_id, hidden, incarnation, sequence)
            SELECT told.profile_id, told.hidden, told.incarnation, told.sequence
            FROM unnest($1::uuid[], $2::boolean[], $3::bigint[], $4::bigint[])
              AS told(profile_id, hidden, incarnation, sequence)
            WHERE NOT EXISTS (
              SELECT FROM departed
              WHERE departed.pseudonym = auth.pseudonym(told.profile_id) AND departed.incarnation >= told.incarnation)
            ORDER BY told.profile_id
            ON CONFLICT (profile_id) DO UPDATE SET
              hidden = EXCLUDED.hidden, incarnation = EXCLUDED.incarnation, sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence AND known.incarnation <= EXCLUDED.incarnation
            """;

    private static final String OUTDATED = """
            competition_participants p JOIN stealth s ON s.profile_id = p.user_id AND s.incarnation = p.incarnation
            WHERE p.user_id = ANY($1::uuid[]) AND p.hidden <> s.hidden
            """;
    private static final String LOCK = """
            SELECT FROM competitions
            WHERE id IN (SELECT p.competition_id FROM %s)
            ORDER BY id FOR NO KEY UPDATE
            """.formatted(OUTDATED);
    private static final String MOVE = """
            UPDATE competition_participants AS moved SET hidden = NOT moved.hidden
            WHERE moved.id IN (SELECT p.id FROM %s)
            """.formatted(OUTDATED);
    private static final String MOVE_RESULTS = """
            UPDATE prizes z SET hidden = s.hidden FROM stealth s
            WHERE z.user_id = ANY($1::uuid[]) AND s.profile_id = z.user_id AND s.incarnation = z.incarnation
              AND z.hidden <> s.hidden
            """;

    @Override
    public String purpose() {
        return "stealth";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILE_SETTINGS);
    }

    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<ProfileSettingsEvent> batch) {
        // A tombstone comes with the person's erasure, which deletes the row.
        List<Delivery<ProfileSettingsEvent>> told = batch.latestEventPerKey();
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<SettingsChanged> settings = told.stream()
                .map(Delivery::event)
                .map(SettingsChanged.class::cast)
                .toList();
        UUID[] people = column(settings, SettingsChanged::profileId, UUID[]::new);
        return tx.execute(
                        KEEP,
                        people,
                        column(settings, SettingsChanged::stealthMode, Boolean[]::new),
                        column(settings, SettingsChanged::incarnation, Long[]::new),
                        sequences(told))
                .chain(() -> tx.execute(LOCK, (Object) people))
                .chain(() -> tx.execute(MOVE, (Object) people))
                .chain(() -> tx.execute(MOVE_RESULTS, (Object) people))
                .replaceWithVoid();
    }
}
