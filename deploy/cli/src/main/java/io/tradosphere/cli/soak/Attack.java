package io.tradosphere.cli.soak;

/** An attack of the hostile soak. It repeats until its thread is interrupted. */
interface Attack {

    /** What it does, in a few words. */
    String name();

    /**
     * Attacks until the thread is interrupted.
     *
     * @throws InterruptedException when the soak is over
     */
    void run() throws InterruptedException;

    /** What the suite responded, in one line. */
    String result();

    /** What the suite should have prevented; empty when it did. */
    default String breach() {
        return "";
    }
}
