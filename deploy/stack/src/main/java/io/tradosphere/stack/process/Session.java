package io.tradosphere.stack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What puts a command into a session of its own, keeping its pid.
 *
 * @param prefix the words before the command; none where the machine has no means to do it
 */
record Session(List<String> prefix) {

    /** This machine's way. */
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
