package io.tradosphere.bench.dataset;

/**
 * Counts of each person's signals, indexed by person.
 *
 * @param total posted
 * @param hits target reached
 * @param misses stop reached
 */
record SignalCounts(int[] total, int[] hits, int[] misses) {

    static SignalCounts of(Dataset dataset) {
        int people = dataset.size().people();
        SignalCounts counts = new SignalCounts(new int[people], new int[people], new int[people]);
        dataset.signals(signal -> {
            counts.total[signal.creator()]++;
            if (signal.status().equals("hit")) {
                counts.hits[signal.creator()]++;
            } else if (signal.status().equals("miss")) {
                counts.misses[signal.creator()]++;
            }
        });
        return counts;
    }
}
