package io.tradosphere.cli.soak;

import io.tradosphere.stack.Slice;
import java.util.List;
import java.util.Optional;

/** What a round kills. */
public enum Victim {
    /** Follower counts and the copies of people stand still for a while. */
    PROFILE_SERVICE("profile-service", Optional.of(Slice.PROFILE)),
    /** Nobody can follow for a while. */
    SOCIAL_SERVICE("social-service", Optional.of(Slice.SOCIAL)),
    /** Events wait in the outbox for a while. */
    KAFKA("kafka", Optional.empty()),
    /** Nothing works for a while. */
    POSTGRES("postgres", Optional.empty()),
    /** Nothing happens, until it is started again and clears up what it finds. */
    LAUNCHER("launcher", Optional.empty());

    private final String shown;
    private final Optional<Slice> slice;

    Victim(String shown, Optional<Slice> slice) {
        this.shown = shown;
        this.slice = slice;
    }

    /** Those that the launcher starts again by itself. */
    public static List<Victim> supervised() {
        return List.of(PROFILE_SERVICE, SOCIAL_SERVICE, KAFKA, POSTGRES);
    }

    /** The process's name. */
    String shown() {
        return shown;
    }

    /** The slice whose service it is; empty for what isn't a service. */
    Optional<Slice> slice() {
        return slice;
    }

    /** The name under which the suite's endpoints list its pids. */
    String pidsKey() {
        return slice.map(service -> service.name() + "_SERVICE_PIDS").orElse(name() + "_PID");
    }
}
