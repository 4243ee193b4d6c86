package io.tradosphere.bench.world;

/**
 * What each person's signals count up to.
 *
 * @param total posted
 * @param hits target reached
 * @param misses stop reached
 */
record Tally(int[] total, int[] hits, int[] misses) {

    static Tally of(World world) {
        int people = world.size().people();
        Tally tally = new Tally(new int[people], new int[people], new int[people]);
        world.signals(signal -> {
            tally.total[signal.creator()]++;
            if (signal.status().equals("hit")) {
                tally.hits[signal.creator()]++;
            } else if (signal.status().equals("miss")) {
                tally.misses[signal.creator()]++;
            }
        });
        return tally;
    }
}
