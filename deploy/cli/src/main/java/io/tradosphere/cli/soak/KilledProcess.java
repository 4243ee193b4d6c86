package io.tradosphere.cli.soak;

import io.tradosphere.stack.Slice;
import java.util.List;
import java.util.Optional;

/** The process that a soak round kills. */
public enum KilledProcess {
    /** Follower counts and profile replicas are stale for a while. */
    PROFILE_SERVICE("profile-service", Optional.of(Slice.PROFILE)),
    /** Follow requests fail for a while. */
    SOCIAL_SERVICE("social-service", Optional.of(Slice.SOCIAL)),
    /** Messages are not accepted for a while, and event streams end. */
    MESSAGING_SERVICE("messaging-service", Optional.of(Slice.MESSAGING)),
    /** Events stay in the outbox for a while. */
    KAFKA("kafka", Optional.empty()),
    /** Every request fails for a while. */
    POSTGRES("postgres", Optional.empty()),
    /** The suite keeps running without supervision. The next launcher stops the orphaned processes. */
    LAUNCHER("launcher", Optional.empty());

    private final String displayName;
    private final Optional<Slice> slice;

    KilledProcess(String displayName, Optional<Slice> slice) {
        this.displayName = displayName;
        this.slice = slice;
    }

    /** The processes that the launcher restarts. */
    public static List<KilledProcess> supervised() {
        return List.of(PROFILE_SERVICE, SOCIAL_SERVICE, MESSAGING_SERVICE, KAFKA, POSTGRES);
    }

    /** The process's name. */
    String displayName() {
        return displayName;
    }

    /** The slice of the service; empty for another process. */
    Optional<Slice> slice() {
        return slice;
    }

    /** The name of the process's pids in the suite's endpoints. */
    String pidsKey() {
        return slice.map(service -> service.variable() + "_PIDS").orElse(name() + "_PID");
    }
}
