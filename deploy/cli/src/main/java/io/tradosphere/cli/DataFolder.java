package io.tradosphere.cli;

import io.tradosphere.stack.Checkout;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where one suite keeps everything: the option {@code --data}, the same for every command. */
public final class DataFolder {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the suite keeps its data, logs and pid files (default: .tradosphere in the clone)")
    private Path given;

    private final Checkout checkout;

    /** For the clone around the working folder. */
    public DataFolder() {
        this(Checkout.find(), null);
    }

    /**
     * For that clone and folder.
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

    /** The folder itself. */
    public Path path() {
        return given == null
                ? checkout.resolve(".tradosphere")
                : given.toAbsolutePath().normalize();
    }

    /** A file or folder in it. */
    public Path resolve(String name) {
        return path().resolve(name);
    }

    /** The pid files. */
    public Path run() {
        return resolve("run");
    }

    /** The log files. */
    public Path logs() {
        return resolve("logs");
    }

    /** Where the running suite says what it opened. */
    public Path endpoints() {
        return resolve("endpoints.env");
    }

    /** What to add to a command of the script to mean this folder: nothing for the usual one. */
    public String asOption() {
        return given == null ? "" : " --data " + given;
    }
}
