package io.tradosphere.cli.suite;

import io.tradosphere.stack.process.Child;
import java.util.Optional;
import java.util.function.Supplier;

/** One process of the suite, which may be started again and again. */
final class Member {

    private final String name;
    private final String url;
    private final Supplier<Child> start;
    private volatile Child child;

    /**
     * @param name what it is called, in messages, pid files and log files
     * @param url where it listens; empty when it has no URL
     * @param start starts its process and waits until it's ready
     */
    Member(String name, String url, Supplier<Child> start) {
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

    /** Starts its process and waits until it is ready. */
    Child start() {
        child = start.get();
        return child;
    }

    /** Its process, once it has one. */
    Optional<Child> child() {
        return Optional.ofNullable(child);
    }
}
