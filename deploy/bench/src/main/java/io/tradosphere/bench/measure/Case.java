package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.CaseReport;

/** A benchmark case, measured in rounds. Each round measures all variants one after the other. */
public interface Case {

    /** Warms up all variants. */
    void warmUp() throws Exception;

    /**
     * Measures each variant once.
     *
     * @param round index of the reserved targets
     * @return a one-line summary
     */
    String round(int round) throws Exception;

    /** The results of all rounds. */
    CaseReport report();
}
