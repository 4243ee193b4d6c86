package io.tradosphere.platform.people;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whom the copy of people knows. */
@ApplicationScoped
public class Profiles {

    private static final String KNOWN = "SELECT FROM profiles WHERE id = $1";

    private final Slice slice;
    private final SecondOpinion opinion;

    Profiles(Slice slice, SecondOpinion opinion) {
        this.slice = slice;
        this.opinion = opinion;
    }

    /**
     * Lets the call go on if the person exists.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    public Uni<Void> require(UUID person) {
        return opinion.on(
                () -> slice.publicRead(KNOWN, person)
                        .invoke(rows -> {
                            if (rows.size() == 0) {
                                throw Refusals.unknown();
                            }
                        })
                        .replaceWithVoid(),
                person);
    }
}
