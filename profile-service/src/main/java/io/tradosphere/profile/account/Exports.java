package io.tradosphere.profile.account;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.profile.directory.Directory;
import io.tradosphere.profile.directory.ProfileView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads the data export of a caller. */
@ApplicationScoped
class Exports {

    private static final String PROFILE = "SELECT " + ProfileView.COLUMNS
            + ", o.stealth_mode, p.legend_eligible, t.granted_tier, t.purchased_tier, p.updated_at FROM "
            + ProfileView.TABLES
            + " JOIN profile_settings o ON o.profile_id = p.id JOIN profile_tiers t ON t.profile_id = p.id"
            + " WHERE p.id = $1";
    private static final String EARNED = """
            SELECT a.id, a.name, u.earned_at FROM user_achievements u JOIN achievements a ON a.id = u.achievement_id
            WHERE u.user_id = $1 ORDER BY u.earned_at, a.id
            """;
    private static final String OUTCOMES = """
            SELECT o.signal_id, o.hit, o.verified, o.resolved_at
            FROM signal_outcomes o JOIN profiles p ON p.id = o.creator_id AND p.incarnation = o.incarnation
            WHERE o.creator_id = $1 ORDER BY o.resolved_at, o.signal_id
            """;
    private static final String FOLLOWS = "SELECT following_id FROM follow_edges WHERE follower_id = $1 AND active";
    private static final String FOLLOWERS = "SELECT follower_id FROM follow_edges WHERE following_id = $1 AND active";
    private static final String SUBSCRIPTIONS =
            "SELECT creator_id FROM subscription_edges WHERE subscriber_id = $1 AND active";
    private static final String SUBSCRIBERS =
            "SELECT subscriber_id FROM subscription_edges WHERE creator_id = $1 AND active";

    private final SliceDatabase slice;

    Exports(SliceDatabase slice) {
        this.slice = slice;
    }

    Uni<Export> of(Caller caller) {
        return slice.write(
                caller,
                tx -> tx.execute(PROFILE, caller.id())
                        .map(rows -> Rows.first(rows, row -> row).orElseThrow(Directory::noProfile))
                        .chain(row -> list(tx, EARNED, caller, Exports::earned)
                                .chain(earned -> list(tx, OUTCOMES, caller, Exports::outcome)
                                        .chain(outcomes -> connections(tx, caller)
                                                .map(connected -> new Export(
                                                        ProfileView.of(row),
                                                        row.getBoolean("legend_eligible"),
                                                        EnumText.parse(Tier.class, row.getString("granted_tier")),
                                                        EnumText.parse(Tier.class, row.getString("purchased_tier")),
                                                        Rows.instant(row, "updated_at"),
                                                        earned,
                                                        outcomes,
                                                        connected.get(0),
                                                        connected.get(1),
                                                        connected.get(2),
                                                        connected.get(3)))))));
    }

    /** Follows, followers, subscriptions, subscribers. */
    private static Uni<List<List<UUID>>> connections(Tx tx, Caller caller) {
        return Multi.createFrom()
                .items(FOLLOWS, FOLLOWERS, SUBSCRIPTIONS, SUBSCRIBERS)
                .onItem()
                .transformToUniAndConcatenate(sql -> list(tx, sql, caller, row -> row.getUUID(0)))
                .collect()
                .asList();
    }

    private static Export.Earned earned(Row row) {
        return new Export.Earned(row.getUUID("id"), row.getString("name"), Rows.instant(row, "earned_at"));
    }

    private static Export.SignalOutcome outcome(Row row) {
        return new Export.SignalOutcome(
                row.getUUID("signal_id"),
                row.getBoolean("hit"),
                row.getBoolean("verified"),
                Rows.instant(row, "resolved_at"));
    }

    private static <T> Uni<List<T>> list(Tx tx, String sql, Caller caller, Function<Row, T> shape) {
        return tx.execute(sql, caller.id()).map(rows -> Rows.list(rows, shape));
    }
}
