package io.tradosphere.profile.standing;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.Tiers;
import io.tradosphere.profile.directory.Directory;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Tiers, and who may become a legend. */
@ApplicationScoped
class Standings {

    static final ProblemKind NOT_ELIGIBLE = new ProblemKind("not-legend-eligible", 409, "Not eligible to be a legend");

    private static final String LOCK = """
            SELECT p.tier, p.legend_eligible, p.journal_public, p.incarnation, o.stealth_mode
            FROM profiles p JOIN profile_settings o ON o.profile_id = p.id WHERE p.id = $1 FOR UPDATE OF p
            """;
    private static final String SET_TIER =
            "UPDATE profiles SET tier = $2, tier_since = now() WHERE id = $1 RETURNING *";
    private static final String END_STEALTH =
            "UPDATE profile_settings SET stealth_mode = false WHERE profile_id = $1 AND stealth_mode";
    private static final String SET_ELIGIBLE = "UPDATE profiles SET legend_eligible = $2 WHERE id = $1 RETURNING id";

    private final Slice slice;

    Standings(Slice slice) {
        this.slice = slice;
    }

    /**
     * Sets somebody's tier; setting it again changes nothing. Falling below gladiator ends stealth mode.
     *
     * @throws Problem {@code admin-only} (403), {@code unknown-profile} (404), {@code not-legend-eligible} (409)
     */
    Uni<Void> setTier(Caller admin, UUID profile, Tier tier) {
        return slice.writeAsAdmin(
                admin,
                tx -> tx.execute(LOCK, profile)
                        .map(rows -> Rows.first(rows, row -> row).orElseThrow(Directory::unknown))
                        .chain(row -> {
                            Tier before = Tiers.parse(row.getString("tier"));
                            if (before == tier) {
                                return Uni.createFrom().voidItem();
                            }
                            if (tier == Tier.LEGEND && !row.getBoolean("legend_eligible")) {
                                throw NOT_ELIGIBLE.because(
                                        "Make the profile eligible first, with PUT …/legend-eligibility.");
                            }
                            return change(tx, profile, row, before, tier);
                        }));
    }

    /**
     * Says whether somebody may become a legend. A legend stays one.
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

    private static Uni<Void> change(Tx tx, UUID profile, Row row, Tier before, Tier tier) {
        boolean endsStealth = tier.compareTo(Tier.GLADIATOR) < 0 && row.getBoolean("stealth_mode");
        return tx.execute(SET_TIER, profile, Tiers.text(tier))
                .map(rows -> Directory.state(rows.iterator().next()))
                .chain(changed -> tx.publishVersion(changed.sequence(), new TierChanged(changed.profile(), before)))
                .chain(() -> endsStealth
                        ? tx.execute(END_STEALTH, profile)
                                .chain(() -> tx.publish(new SettingsChanged(
                                        profile, row.getLong("incarnation"), false, row.getBoolean("journal_public"))))
                        : Uni.createFrom().voidItem());
    }
}
