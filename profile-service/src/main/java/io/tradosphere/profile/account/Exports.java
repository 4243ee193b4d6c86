package io.tradosphere.profile.account;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.profile.directory.Directory;
import io.tradosphere.profile.directory.ProfileView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** Hands people what is held of them. */
@ApplicationScoped
class Exports {

    private static final String PROFILE = "SELECT " + ProfileView.COLUMNS
            + ", o.stealth_mode, p.legend_eligible, p.updated_at FROM " + ProfileView.TABLES
            + " JOIN profile_settings o ON o.profile_id = p.id WHERE p.id = $1";
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

    private final Slice slice;

    Exports(Slice slice) {
        this.slice = slice;
    }

    Uni<Export> of(Caller caller) {
        return slice.write(
                caller,
                tx -> tx.execute(PROFILE, caller.id())
                        .map(rows -> Rows.first(rows, row -> row).orElseThrow(Directory::noProfile))
                        .chain(row -> list(tx, EARNED, caller, Exports::earned)
                                .chain(earned -> list(tx, OUTCOMES, caller, Exports::outcome)
                                        .chain(outcomes -> list(tx, FOLLOWS, caller, found -> found.getUUID(0))
                                                .chain(follows -> list(tx, FOLLOWERS, caller, found -> found.getUUID(0))
                                                        .map(followers -> new Export(
                                                                ProfileView.of(row),
                                                                row.getBoolean("legend_eligible"),
                                                                Rows.instant(row, "updated_at"),
                                                                earned,
                                                                outcomes,
                                                                follows,
                                                                followers)))))));
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
