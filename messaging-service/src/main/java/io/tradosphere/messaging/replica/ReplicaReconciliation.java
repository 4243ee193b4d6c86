package io.tradosphere.messaging.replica;

import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.replica.RelationCopies;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The reconciliations of the replicas of follows and blocks. */
@ApplicationScoped
class ReplicaReconciliation implements Reconciled {

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(RelationCopies.follows(FollowReplica.PURPOSE), RelationCopies.blocks(BlockReplica.PURPOSE));
    }
}
