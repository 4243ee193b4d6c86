package io.tradosphere.streaming.replica;

import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.replica.RelationCopies;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The reconciliation of the replica of blocks. */
@ApplicationScoped
class ReplicaReconciliation implements Reconciled {

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(RelationCopies.blocks(BlockReplica.PURPOSE));
    }
}
