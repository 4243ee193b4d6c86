package io.tradosphere.profile.stats;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The reconciliations of subscriptions with billing-service, and of subscriber counts with them. The count goes first, as for follows. */
@ApplicationScoped
class SubscriberReconciliation implements Reconciled {

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                SubscriberCounts.SUBSCRIPTIONS.count(List.of(FollowerReconciliation.SEARCH_ACHIEVEMENTS)),
                SubscriberCounts.SUBSCRIPTIONS.copy(
                        "billing", "subscriptions", Topic.SUBSCRIPTIONS, SubscriberCounts.PURPOSE));
    }
}
