package io.tradosphere.cli;

import io.tradosphere.stack.Checkout;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data folder of one suite. Every command takes it as the option {@code --data}. */
public final class DataFolder {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the suite keeps its data, logs and pid files (default: .tradosphere in the clone)")
    private Path given;

    private final Checkout checkout;

    /** The data folder of the clone around the working folder. */
    public DataFolder() {
        this(Checkout.find(), null);
    }

    /**
     * A data folder of a given clone.
     *
     * @param given the folder; null: {@code .tradosphere} in the clone
     */
    public DataFolder(Checkout checkout, Path given) {
        this.checkout = checkout;
        this.given = given;
    }

    /** The clone whose programs run. */
    public Checkout checkout() {
        return checkout;
    }

    /** The folder's path. */
    public Path path() {
        return given == null
                ? checkout.resolve(".tradosphere")
                : given.toAbsolutePath().normalize();
    }

    /** Whether it is the clone's own {@code .tradosphere}. */
    public boolean isDefault() {
        return given == null;
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path().resolve(name);
    }

    /** The folder of the pid files. */
    public Path run() {
        return resolve("run");
    }

    /** The folder of the log files. */
    public Path logs() {
        return resolve("logs");
    }

    /** The file in which the running suite lists its addresses and pids. */
    public Path endpoints() {
        return resolve("endpoints.env");
    }

    /** The option that selects this folder in a command line. Empty for the default folder. */
    public String asOption() {
        return given == null ? "" : " --data " + given;
    }
}
