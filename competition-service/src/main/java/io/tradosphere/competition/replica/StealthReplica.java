package io.tradosphere.competition.replica;

import static io.tradosphere.platform.inbox.Delivery.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileSettingsEvent;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.replica.Replica;
import io.tradosphere.platform.replica.StateTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The replica of stealth modes. It also updates the hidden flag of the profile's participants and
 * results.
 *
 * <p>Rows are locked in the same order as in a join: stealth, competition, participant, ranking. Within a table they are locked
 * by key. Locked stealth rows block joins of these profiles, so no participant is missed.
 */
@ApplicationScoped
class StealthReplica implements Replica<ProfileSettingsEvent> {

    static final String PURPOSE = "stealth";

    private static final StateTable<ProfileSettingsEvent> TABLE = StateTable.<ProfileSettingsEvent>of("stealth")
            .person(
                    "profile_id",
                    event -> settings(event).profileId(),
                    event -> settings(event).incarnation())
            .flag("hidden", event -> settings(event).stealthMode())
            .build();

    private static final String OUTDATED = """
            competition_participants p JOIN stealth s ON s.profile_id = p.user_id AND s.incarnation = p.incarnation
            WHERE p.user_id = ANY($1::uuid[]) AND p.hidden <> s.hidden
            """;
    private static final String LOCK_COMPETITIONS = """
            SELECT FROM competitions
            WHERE id IN (SELECT p.competition_id FROM %s)
            ORDER BY id FOR NO KEY UPDATE
            """.formatted(OUTDATED);
    private static final String UPDATE_PARTICIPANTS = """
            UPDATE competition_participants AS changed SET hidden = NOT changed.hidden
            WHERE changed.id IN (SELECT p.id FROM %s)
            """.formatted(OUTDATED);
    private static final String UPDATE_RESULTS = """
            UPDATE prizes z SET hidden = s.hidden FROM stealth s
            WHERE z.user_id = ANY($1::uuid[]) AND s.profile_id = z.user_id AND s.incarnation = z.incarnation
              AND z.hidden <> s.hidden
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

    @Override
    public Uni<Void> afterChange(Tx tx, List<Delivery<ProfileSettingsEvent>> latest) {
        Object profiles = column(latest, event -> settings(event).profileId(), UUID[]::new);
        return tx.execute(LOCK_COMPETITIONS, profiles)
                .chain(() -> tx.execute(UPDATE_PARTICIPANTS, profiles))
                .chain(() -> tx.execute(UPDATE_RESULTS, profiles))
                .replaceWithVoid();
    }

    /** Every event of the topic is of this type. */
    private static SettingsChanged settings(ProfileSettingsEvent event) {
        return (SettingsChanged) event;
    }
}
