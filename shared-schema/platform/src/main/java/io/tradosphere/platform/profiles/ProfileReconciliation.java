package io.tradosphere.platform.profiles;

import io.quarkus.arc.properties.UnlessBuildProperty;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of the slice's profile replica with profile-service. */
@ApplicationScoped
@UnlessBuildProperty(name = "tradosphere.slice", stringValue = "profile")
class ProfileReconciliation implements Reconciled {

    private static final String ROWS = """
            SELECT id::text AS key, jsonb_build_object('username', username, 'display_name', display_name,
                'avatar_url', avatar_url, 'tier', tier, 'incarnation', incarnation) AS state,
              sequence::text AS mark, sequence
            FROM profiles WHERE {id}
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new ReplicaCopy(
                "profiles",
                Set.of(
                        "profiles.username",
                        "profiles.display_name",
                        "profiles.avatar_url",
                        "profiles.tier",
                        "profiles.incarnation",
                        "profiles.sequence"),
                "profile",
                "profiles",
                Topic.PROFILES,
                ProfileReplicaConsumer.PURPOSE,
                ROWS,
                new ReplicaRepair.Republish("UPDATE profiles SET sequence = 0 WHERE id::text = ANY ($1::text[])")));
    }
}
