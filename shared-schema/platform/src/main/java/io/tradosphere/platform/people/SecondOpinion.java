package io.tradosphere.platform.people;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Lets nobody be refused because the copy of people lags: profile-service is asked first, and the decision made again. */
@ApplicationScoped
public class SecondOpinion {

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final Set<ProblemKind> ON_THE_COPYS_WORD =
            Set.of(Problems.PROFILE_REQUIRED, Problems.UNKNOWN_PROFILE, Refusals.TIER_TOO_LOW);

    private final People people;

    SecondOpinion(People people) {
        this.people = people;
    }

    /**
     * Decides, and decides again when the first answer was a refusal that rests on the copy.
     *
     * @param decision what fails with such a refusal; run once or twice, each time from its beginning
     * @param about the people on whom it turns
     * @throws Problem {@code profiles-away} (503) when there is nobody to ask, and whatever the second decision fails with
     */
    public <T> Uni<T> on(Supplier<Uni<T>> decision, UUID... about) {
        return Uni.createFrom()
                .deferred(() -> decision.get())
                .onFailure(SecondOpinion::restsOnTheCopy)
                .recoverWithUni(() -> people.refresh(about).chain(() -> decision.get()));
    }

    private static boolean restsOnTheCopy(Throwable failure) {
        if (failure instanceof Problem problem) {
            return ON_THE_COPYS_WORD.contains(problem.kind());
        }
        // Somebody left between the look at the copy and the row that refers to it.
        return failure instanceof PgException pg && FOREIGN_KEY_VIOLATION.equals(pg.getSqlState());
    }
}
