package io.tradosphere.signal.trade.journal;

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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Keeps the copy of whose journal is public; on an empty database the compacted topic alone rebuilds it. */
@ApplicationScoped
class JournalCopy implements Effect<ProfileSettingsEvent> {

    /** Of who has gone nothing is taken over, however late it comes. */
    private static final String TAKE_OVER = """
            INSERT INTO journals AS known (profile_id, is_public, incarnation, sequence)
            SELECT told.profile_id, told.is_public, told.incarnation, told.sequence
            FROM unnest($1::uuid[], $2::boolean[], $3::bigint[], $4::bigint[])
              AS told(profile_id, is_public, incarnation, sequence)
            WHERE NOT EXISTS (
              SELECT FROM departed
              WHERE departed.pseudonym = auth.pseudonym(told.profile_id) AND departed.incarnation >= told.incarnation)
            ORDER BY told.profile_id
            ON CONFLICT (profile_id) DO UPDATE SET
              is_public = EXCLUDED.is_public, incarnation = EXCLUDED.incarnation, sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence
            """;

    /** A key that is no id is the database's to refuse, so that it is parked instead of tried for ever. */
    private static final String END = """
            DELETE FROM journals WHERE profile_id IN (
              SELECT known.profile_id
              FROM journals known JOIN unnest($1::text[], $2::bigint[]) AS ended(key, sequence)
                ON known.profile_id = ended.key::uuid AND known.sequence < ended.sequence
              ORDER BY known.profile_id FOR UPDATE OF known)
            """;

    @Override
    public String purpose() {
        return "journals";
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
        Collection<Delivery<ProfileSettingsEvent>> latest = latestPerKey(batch);
        List<Delivery<ProfileSettingsEvent>> ends =
                latest.stream().filter(Delivery::isTombstone).toList();
        List<Delivery<ProfileSettingsEvent>> changes =
                latest.stream().filter(delivery -> !delivery.isTombstone()).toList();
        return tx.execute(END, column(ends, Delivery::key, String[]::new), sequences(ends))
                .chain(() -> takeOver(tx, changes));
    }

    private static Uni<Void> takeOver(Tx tx, List<Delivery<ProfileSettingsEvent>> changes) {
        List<SettingsChanged> settings = changes.stream()
                .map(Delivery::event)
                .map(SettingsChanged.class::cast)
                .toList();
        return tx.execute(
                        TAKE_OVER,
                        column(settings, SettingsChanged::profileId, UUID[]::new),
                        column(settings, SettingsChanged::journalPublic, Boolean[]::new),
                        column(settings, SettingsChanged::incarnation, Long[]::new),
                        sequences(changes))
                .replaceWithVoid();
    }

    private static Collection<Delivery<ProfileSettingsEvent>> latestPerKey(Batch<ProfileSettingsEvent> batch) {
        Map<String, Delivery<ProfileSettingsEvent>> latest = new HashMap<>();
        for (Delivery<ProfileSettingsEvent> delivery : batch.deliveries()) {
            latest.merge(
                    delivery.key(), delivery, (known, other) -> other.sequence() > known.sequence() ? other : known);
        }
        return latest.values();
    }
}
