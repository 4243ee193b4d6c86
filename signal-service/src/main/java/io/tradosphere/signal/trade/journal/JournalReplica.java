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
import io.tradosphere.platform.replica.Replica;
import io.tradosphere.platform.replica.StateTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The replica of whose journal is public. */
@ApplicationScoped
class JournalReplica implements Replica<ProfileSettingsEvent> {

    static final String PURPOSE = "journals";

    private static final StateTable<ProfileSettingsEvent> TABLE = StateTable.<ProfileSettingsEvent>of("journals")
            .person(
                    "profile_id",
                    event -> settings(event).profileId(),
                    event -> settings(event).incarnation())
            .flag("is_public", event -> settings(event).journalPublic())
            .build();

    /** The database rejects a key that is no UUID, so that the event is parked instead of retried for ever. */
    private static final String END = """
            DELETE FROM journals WHERE profile_id IN (
              SELECT known.profile_id
              FROM journals known JOIN unnest($1::text[], $2::bigint[]) AS ended(key, sequence)
                ON known.profile_id = ended.key::uuid AND known.sequence < ended.sequence
              ORDER BY known.profile_id FOR UPDATE OF known)
            """;

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILE_SETTINGS);
    }

    @Override
    public StateTable<ProfileSettingsEvent> table() {
        return TABLE;
    }

    /** A tombstone ends the journal's row. A later event of its key is in a later incarnation, and counts. */
    @Override
    public Uni<Void> apply(Tx tx, Batch<ProfileSettingsEvent> batch) {
        List<Delivery<ProfileSettingsEvent>> tombstones =
                batch.deliveries().stream().filter(Delivery::isTombstone).toList();
        return Replica.super
                .apply(tx, batch)
                .chain(() -> tx.execute(END, column(tombstones, Delivery::key, String[]::new), sequences(tombstones)))
                .replaceWithVoid();
    }

    /** Every event of the topic is of this type. */
    private static SettingsChanged settings(ProfileSettingsEvent event) {
        return (SettingsChanged) event;
    }
}
