package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import io.tradosphere.cli.verify.Reconciliation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A derived column of a running suite, which a test damages. Triggers and foreign keys are off meanwhile, so that only this one
 * value changes.
 *
 * @param reconciliation compares the column
 * @param table the table, without its slice
 * @param name the column
 */
record DerivedColumn(Reconciliation reconciliation, String table, String name) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final String OF_ACTIVE_COMPETITION =
            "competition_id IN (SELECT id FROM competition.competitions WHERE status = 'active')";

    static DerivedColumn of(Reconciliation reconciliation, String column) {
        int dot = column.indexOf('.');
        return new DerivedColumn(reconciliation, column.substring(0, dot), column.substring(dot + 1));
    }

    /** The table with its slice. */
    String qualifiedTable() {
        return reconciliation.slice().schema() + "." + table;
    }

    /** Whether there is a row to damage. */
    boolean hasRow() {
        return Database.number("SELECT count(*) FROM " + qualifiedTable() + " WHERE " + compared()) > 0;
    }

    /** Changes the value in one row. */
    void damage() {
        await().atMost(TIMEOUT).until(this::hasRow);
        try (Connection connection = Database.address().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            int damaged = statement.executeUpdate(
                    "UPDATE %1$s SET %2$s = %3$s WHERE ctid = (SELECT ctid FROM %1$s WHERE %4$s LIMIT 1)"
                            .formatted(qualifiedTable(), name, anotherValue(), compared()));
            if (damaged != 1) {
                throw new AssertionError("No row of " + this + " to damage");
            }
        } catch (SQLException e) {
            throw new AssertionError("Cannot damage " + this, e);
        }
    }

    /** The rows that are compared: an ended row of a replica only keeps a sequence. */
    private String compared() {
        if (name.equals("last_resolved_at")) {
            return name + " IS NOT NULL";
        }
        return switch (qualifiedTable()) {
            case "profile.follow_edges", "profile.subscription_edges" -> "active";
            case "profile.profile_tiers" -> "purchased_tier <> 'free'";
            case "signal.follows", "messaging.follows" -> "is_following";
            case "signal.blocks", "messaging.blocks", "streaming.blocks", "billing.blocks" -> "is_blocking";
            case "billing.subscriptions" ->
                "stripe_subscription_id IS NOT NULL AND subscriber_id IS NOT NULL AND creator_id IS NOT NULL";
            case "billing.tier_subscriptions" -> "stripe_subscription_id IS NOT NULL AND is_held";
            case "billing.refunds" -> "stripe_id LIKE 're%' AND subscription_id IS NOT NULL";
            case "billing.payouts" -> "stripe_transfer_id IS NOT NULL";
            case "signal.journals" -> "is_public";
            case "signal.subscriptions" -> "is_active";
            case "signal.timeline" -> """
                    EXISTS (SELECT FROM signal.follows f WHERE f.follower_id = reader_id AND f.following_id = creator_id
                      AND f.is_following AND f.merged_until < posted_at)
                    AND EXISTS (SELECT FROM signal.signals s WHERE s.id = signal_id AND s.posted_at = timeline.posted_at
                      AND s.creator_id = timeline.creator_id)
                    AND posted_at < now() - interval '16 seconds'
                    """;
            case "competition.clan_members" -> "is_member";
            case "competition.stealth" -> "hidden";
            case "competition.competitions" -> "max_participants IS NULL";
            case "competition.prizes" -> "user_id IS NOT NULL";
            case "competition.scored_trades" -> "NOT is_retracted AND " + OF_ACTIVE_COMPETITION;
            case "competition.competition_participants" ->
                "trade_count > 0 AND user_id IS NOT NULL AND " + OF_ACTIVE_COMPETITION;
            default -> "true";
        };
    }

    private String anotherValue() {
        String type = Database.column(
                        "SELECT data_type FROM information_schema.columns WHERE table_schema = ? AND table_name = ? AND column_name = ?",
                        reconciliation.slice().schema(),
                        table,
                        name)
                .get(0);
        return switch (name) {
            case "sequence" -> "sequence + 1000000000000";
            // A constraint: an ended follow is not fanned out.
            case "is_following" ->
                qualifiedTable().equals("signal.follows")
                        ? "NOT is_following, merged_until = 'infinity'"
                        : "NOT is_following";
            case "tier" ->
                qualifiedTable().equals("billing.tier_subscriptions")
                        ? "CASE tier WHEN 'grow' THEN 'elite' ELSE 'grow' END"
                        : "CASE tier WHEN 'free' THEN 'grow' ELSE 'free' END";
            case "next_tier" -> "CASE next_tier WHEN 'grow' THEN 'elite' ELSE 'grow' END";
            case "status" ->
                qualifiedTable().equals("billing.refunds")
                        ? "concat(status, 'x')"
                        : "CASE status WHEN 'active' THEN 'past_due' ELSE 'active' END";
            case "currency" -> "CASE currency WHEN 'USD' THEN 'EUR' ELSE 'USD' END";
            case "kind" -> "CASE kind WHEN 'refund' THEN 'dispute' ELSE 'refund' END";
            case "purchased_tier" -> "CASE purchased_tier WHEN 'grow' THEN 'elite' ELSE 'grow' END";
            case "role" -> "CASE role WHEN 'member' THEN 'admin' ELSE 'member' END";
            case "asset_type" -> "CASE asset_type WHEN 'crypto' THEN 'stocks' ELSE 'crypto' END";
            // A constraint: no more watch now than at the peak, and no more at the peak than in all.
            case "current_viewers" -> """
                    current_viewers + 1, peak_viewers = greatest(peak_viewers, current_viewers + 1),
                      total_viewers = greatest(total_viewers, current_viewers + 1)
                    """;
            case "win_rate" -> "CASE WHEN win_rate > 50 THEN win_rate - 1 ELSE win_rate + 1 END";
            case "last_resolved_at" -> "last_resolved_at - interval '1 day'";
            case "opened_at" -> "opened_at - interval '1 second'";
            default ->
                switch (type) {
                    case "boolean" -> "NOT " + name;
                    case "uuid" -> "gen_random_uuid()";
                    case "text" -> "concat(" + name + ", 'x')";
                    case "timestamp with time zone" -> "coalesce(" + name + ", now()) + interval '1 millisecond'";
                    default -> "coalesce(" + name + ", 0) + 1";
                };
        };
    }

    @Override
    public String toString() {
        return qualifiedTable() + "." + name;
    }
}
