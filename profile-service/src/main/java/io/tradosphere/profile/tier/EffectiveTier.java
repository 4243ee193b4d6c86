package io.tradosphere.profile.tier;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.profile.directory.Directory;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * A person's tier: the higher of what an admin granted and what is paid for. So a lapsed payment falls back to the grant, and
 * a grant does not end with a card.
 *
 * @param tier the tier that counts
 * @param purchaseSequence the sequence of the event that the purchased tier is from
 */
record EffectiveTier(
        UUID profile,
        long incarnation,
        Tier tier,
        Tier granted,
        Tier purchased,
        long purchaseSequence,
        boolean isLegendEligible,
        boolean isInStealth,
        boolean isJournalPublic) {

    private static final String LOCK = """
            SELECT p.id, p.incarnation, p.tier, p.legend_eligible, p.journal_public, o.stealth_mode, t.granted_tier,
              t.purchased_tier, t.sequence
            FROM profiles p JOIN profile_settings o ON o.profile_id = p.id JOIN profile_tiers t ON t.profile_id = p.id
            WHERE p.id = ANY($1::uuid[]) ORDER BY p.id FOR UPDATE OF p
            """;
    /** Every later event tells of the time as a legend that ends: compaction may remove those of its beginning and its end. */
    private static final String SET_TIER = """
            UPDATE profiles SET tier = $2, tier_since = now(), legend_spans = CASE WHEN tier = 'legend' THEN (
                SELECT coalesce(jsonb_agg(span ORDER BY span ->> 'since'), '[]') FROM jsonb_array_elements(legend_spans) AS span
                WHERE (span ->> 'until')::timestamptz > now() - INTERVAL '400 days')
              || jsonb_build_object('since', tier_since, 'until', now()) ELSE legend_spans END
            WHERE id = $1 RETURNING *
            """;

    private static final String END_STEALTH =
            "UPDATE profile_settings SET stealth_mode = false WHERE profile_id = $1 AND stealth_mode";

    /** Locks profiles, in the order of their ids, and reads their tiers. Unknown ones are left out. */
    static Uni<List<EffectiveTier>> lock(Tx tx, UUID... profiles) {
        return tx.execute(LOCK, (Object) profiles).map(rows -> Rows.list(rows, EffectiveTier::of));
    }

    private static EffectiveTier of(Row row) {
        return new EffectiveTier(
                row.getUUID("id"),
                row.getLong("incarnation"),
                EnumText.parse(Tier.class, row.getString("tier")),
                EnumText.parse(Tier.class, row.getString("granted_tier")),
                EnumText.parse(Tier.class, row.getString("purchased_tier")),
                row.getLong("sequence"),
                row.getBoolean("legend_eligible"),
                row.getBoolean("stealth_mode"),
                row.getBoolean("journal_public"));
    }

    /** Sets the tier that follows from a grant and a purchase, and publishes it when it is another one. Below gladiator stealth mode ends. */
    Uni<Void> become(Tx tx, Tier newlyGranted, Tier newlyPurchased) {
        Tier now = newlyGranted.compareTo(newlyPurchased) > 0 ? newlyGranted : newlyPurchased;
        return now == tier
                ? Uni.createFrom().voidItem()
                : tx.execute(SET_TIER, profile, EnumText.of(now))
                        .map(rows -> Directory.state(rows.iterator().next()))
                        .chain(changed ->
                                tx.publishVersion(changed.sequence(), new TierChanged(changed.profile(), tier)))
                        .chain(() -> now.compareTo(Tier.GLADIATOR) < 0 && isInStealth
                                ? endStealth(tx)
                                : Uni.createFrom().voidItem());
    }

    private Uni<Void> endStealth(Tx tx) {
        return tx.execute(END_STEALTH, profile)
                .chain(() -> tx.publish(new SettingsChanged(profile, incarnation, false, isJournalPublic)));
    }
}
