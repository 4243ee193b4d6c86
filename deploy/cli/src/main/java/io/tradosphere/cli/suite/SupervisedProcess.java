package io.tradosphere.cli.suite;

import io.tradosphere.stack.process.Child;
import java.util.Optional;
import java.util.function.Supplier;

/** A supervised process of the suite, which can be restarted. */
final class SupervisedProcess {

    private final String name;
    private final String url;
    private final Supplier<Child> start;
    private volatile Child child;

    /**
     * @param name the name in messages, pid files and log files
     * @param url the listening URL; empty when it has none
     * @param start starts the process and waits until it is ready
     */
    SupervisedProcess(String name, String url, Supplier<Child> start) {
        this.name = name;
        this.url = url;
        this.start = start;
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** Starts the process and waits until it is ready. */
    Child start() {
        child = start.get();
        return child;
    }

    /** The current process; empty before the first start. */
    Optional<Child> child() {
        return Optional.ofNullable(child);
    }
}
