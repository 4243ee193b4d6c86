package io.tradosphere.platform.reconciliation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counters of what reconciliations have found in this instance. They begin at 0, so that a first finding is an increase. */
@ApplicationScoped
class VerifyMetrics {

    private final MeterRegistry registry;

    VerifyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the counters of a reconciliation. */
    void register(String name) {
        runs(name);
        drift(name);
        repaired(name);
    }

    /** Counts a run that ended. */
    void ended(String name, Outcome outcome) {
        runs(name).increment();
        drift(name).increment(outcome.drift());
        repaired(name).increment(outcome.repaired());
    }

    private Counter runs(String name) {
        return counter("tradosphere.verify.runs", "Runs of the reconciliation that ended", name);
    }

    private Counter drift(String name) {
        return counter("tradosphere.verify.drift.rows", "Rows that differed from what they are derived from", name);
    }

    private Counter repaired(String name) {
        return counter("tradosphere.verify.repaired.rows", "Rows that were repaired", name);
    }

    private Counter counter(String metric, String description, String name) {
        return Counter.builder(metric)
                .description(description)
                .tag("reconciliation", name)
                .register(registry);
    }
}
