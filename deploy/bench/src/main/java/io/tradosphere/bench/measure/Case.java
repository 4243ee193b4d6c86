package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.CaseReport;

/** Something that is measured in rounds, each of which measures all sides one after the other. */
public interface Case {

    /** Runs what is to be measured until it is warm. */
    void warmUp() throws Exception;

    /**
     * Measures once, every side.
     *
     * @param round which of the world's targets it uses
     * @return what to say of it, one line
     */
    String round(int round) throws Exception;

    /** What all rounds came to. */
    CaseReport report();
}
