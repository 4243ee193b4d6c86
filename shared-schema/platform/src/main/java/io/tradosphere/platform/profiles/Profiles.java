package io.tradosphere.platform.profiles;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Existence checks against the profile replica. */
@ApplicationScoped
public class Profiles {

    private static final String EXISTS = "SELECT FROM profiles WHERE id = $1";

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    Profiles(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /**
     * Requires that a profile exists.
     *
     * @throws Problem {@code unknown-profile} (404) when it does not
     */
    public Uni<Void> require(UUID profileId) {
        return freshness.ensure(
                () -> slice.publicRead(EXISTS, profileId)
                        .invoke(rows -> {
                            if (rows.size() == 0) {
                                throw Refusals.unknown();
                            }
                        })
                        .replaceWithVoid(),
                profileId);
    }
}
