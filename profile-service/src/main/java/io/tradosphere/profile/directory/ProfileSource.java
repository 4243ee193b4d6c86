package io.tradosphere.profile.directory;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.profiles.ProfileVersionedState;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.ReplicaSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** The source of the profile replicas of all other slices. */
@ApplicationScoped
class ProfileSource implements ReplicaSource, Reconciled {

    private static final String ROWS = """
            SELECT id::text AS key, jsonb_build_object('username', username, 'display_name', display_name,
                'avatar_url', avatar_url, 'tier', tier, 'incarnation', incarnation) AS state,
              version::text AS mark
            FROM profiles WHERE {id}
            """;

    /** Creation and erasure of one profile take the same lock. */
    private static final String LOCK_PEOPLE = "SELECT auth.lock('person:' || key) FROM unnest($1::text[]) AS key";

    /** Changes nothing, but draws a new version while the row is locked. */
    private static final String NEW_VERSIONS = """
            WITH due AS MATERIALIZED (
              SELECT id FROM profiles WHERE id::text = ANY ($1::text[]) ORDER BY id FOR UPDATE
            )
            UPDATE profiles p SET tier = p.tier FROM due WHERE p.id = due.id RETURNING p.*
            """;

    private static final String ABSENT = """
            SELECT key::uuid AS id FROM unnest($1::text[]) AS key WHERE NOT EXISTS (SELECT FROM profiles WHERE id = key::uuid)
            """;

    @Override
    public List<ReplicaSource> sources() {
        return List.of(this);
    }

    @Override
    public String dataset() {
        return "profiles";
    }

    @Override
    public Topic topic() {
        return Topic.PROFILES;
    }

    @Override
    public String rows() {
        return ROWS;
    }

    @Override
    public Uni<Void> republish(Tx tx, List<String> keys) {
        Object profiles = keys.toArray(String[]::new);
        return tx.execute(LOCK_PEOPLE, profiles)
                .chain(() -> tx.execute(NEW_VERSIONS, profiles))
                .chain(rows -> {
                    TreeMap<Long, ProfileUpdated> states = new TreeMap<>();
                    for (ProfileVersionedState state : Rows.list(rows, Directory::state)) {
                        states.put(state.sequence(), new ProfileUpdated(state.profile()));
                    }
                    return tx.publishVersions(states);
                })
                .chain(() -> tx.execute(ABSENT, profiles))
                .chain(rows -> Multi.createFrom()
                        .iterable(Rows.list(rows, row -> row.getUUID("id")))
                        .onItem()
                        .transformToUniAndConcatenate(id -> publishDeleted(tx, id))
                        .collect()
                        .asList())
                .replaceWithVoid();
    }

    private static Uni<Void> publishDeleted(Tx tx, UUID id) {
        return tx.publish(new ProfileDeleted(id)).chain(() -> tx.tombstone(Topic.PROFILES, id.toString()));
    }
}
