package io.tradosphere.stack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command prefix that starts a new session and keeps the pid.
 *
 * @param prefix the words before the command; none when this machine has no such program
 */
record Session(List<String> prefix) {

    /** The prefix on this machine. */
    static final Session OWN = new Session(onPath("setsid")
            .map(setsid -> List.of(setsid))
            .or(() -> onPath("perl").map(perl -> List.of(perl, "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV")))
            .orElse(List.of()));

    private static Optional<String> onPath(String program) {
        return Stream.concat(
                        Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(":", -1)),
                        Stream.of("/usr/bin", "/bin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
