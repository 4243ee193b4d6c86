package io.tradosphere.billing;

import static io.tradosphere.billing.StripeSteps.SOON;

import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciler;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** Test fixture: the service's reconciliations, as {@code verify} runs them. */
@Singleton
public class VerifySteps {

    private final Instance<Reconciled> features;
    private final Reconciler reconciler;

    VerifySteps(@Any Instance<Reconciled> features, Reconciler reconciler) {
        this.features = features;
        this.reconciler = reconciler;
    }

    /** What it finds. */
    public Outcome verify(String name) {
        return run(name, false);
    }

    /** What it finds and repairs. */
    public Outcome repair(String name) {
        return run(name, true);
    }

    private Outcome run(String name, boolean repair) {
        Reconciliation found = features.stream()
                .flatMap(feature -> feature.reconciliations().stream())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return found.run(reconciler, repair).await().atMost(SOON);
    }
}
