package io.tradosphere.profile.tier;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.profile.directory.Directory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Sets tiers and legend eligibility on behalf of admins. */
@ApplicationScoped
class TierAdministration {

    private static final String GRANT = "UPDATE profile_tiers SET granted_tier = $2 WHERE profile_id = $1";
    private static final String SET_ELIGIBLE = "UPDATE profiles SET legend_eligible = $2 WHERE id = $1 RETURNING id";

    private final SliceDatabase slice;

    TierAdministration(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Grants a tier to a profile; granting the same tier changes nothing. A tier below gladiator ends stealth mode.
     *
     * @throws Problem {@code admin-only} (403), {@code unknown-profile} (404), {@code not-legend-eligible} (409)
     */
    Uni<Void> setTier(Caller admin, UUID profile, Tier tier) {
        return slice.writeAsAdmin(
                admin,
                tx -> EffectiveTier.lock(tx, profile)
                        .map(rows -> rows.stream().findFirst().orElseThrow(Directory::unknown))
                        .chain(person -> {
                            if (person.granted() == tier) {
                                return Uni.createFrom().voidItem();
                            }
                            if (tier == Tier.LEGEND && !person.isLegendEligible()) {
                                throw ProblemKind.NOT_LEGEND_ELIGIBLE.because(
                                        "Make the profile eligible first, with PUT …/legend-eligibility.");
                            }
                            return tx.execute(GRANT, profile, EnumText.of(tier))
                                    .chain(() -> person.become(tx, tier, person.purchased()));
                        }));
    }

    /**
     * Sets whether a profile may become a legend. A profile that is a legend remains one.
     *
     * @throws Problem {@code admin-only} (403), {@code unknown-profile} (404)
     */
    Uni<Void> setEligible(Caller admin, UUID profile, boolean eligible) {
        return slice.writeAsAdmin(
                admin,
                tx -> tx.execute(SET_ELIGIBLE, profile, eligible)
                        .map(rows -> Rows.first(rows, row -> row.getUUID(0)).orElseThrow(Directory::unknown))
                        .replaceWithVoid());
    }
}
