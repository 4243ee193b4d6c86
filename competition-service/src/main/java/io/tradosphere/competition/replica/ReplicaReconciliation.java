package io.tradosphere.competition.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * The reconciliations of the replicas of clan members and stealth modes, and of the flags of participants and results that derive
 * from stealth modes. The replica is repaired first: otherwise its error would reveal a hidden participant.
 */
@ApplicationScoped
class ReplicaReconciliation implements Reconciled {

    private static final String MEMBERS = """
            SELECT concat(clan_id, ':', user_id) AS key, jsonb_build_object('incarnation', incarnation, 'role', role) AS state,
              sequence::text AS mark, sequence
            FROM clan_members WHERE is_member AND {clan_id}
            """;
    /** A wrong incarnation would refuse the event too. */
    private static final String FORGET_MEMBERS = """
            UPDATE clan_members SET sequence = 0, incarnation = 0 WHERE (clan_id, user_id) IN (
              SELECT split_part(key, ':', 1)::uuid, split_part(key, ':', 2)::uuid FROM unnest($1::text[]) AS key)
            """;

    private static final String STEALTH = """
            SELECT profile_id::text AS key, jsonb_build_object('incarnation', incarnation) AS state, sequence::text AS mark, sequence
            FROM stealth WHERE hidden AND {profile_id}
            """;

    private static final String FORGET_STEALTH =
            "UPDATE stealth SET sequence = 0, incarnation = 0 WHERE profile_id::text = ANY ($1::text[])";

    /** A stealth mode of another incarnation says nothing about the row. */
    @IncompleteSql
    private static final String COMPARE_HIDDEN = """
            SELECT t.id, jsonb_build_object('hidden', s.hidden) AS expected, jsonb_build_object('hidden', t.hidden) AS actual
            FROM %s t JOIN stealth s ON s.profile_id = t.user_id AND s.incarnation = t.incarnation WHERE {t.id}
            """;

    /** In the order of every transaction: stealth, competition, participant. */
    @IncompleteSql
    private static final String LOCK_STEALTH = """
            SELECT FROM stealth WHERE profile_id IN (SELECT user_id FROM %s WHERE {id}) ORDER BY profile_id FOR UPDATE
            """;

    @IncompleteSql
    private static final String LOCK_COMPETITIONS = """
            SELECT FROM competitions WHERE id IN (SELECT competition_id FROM %s WHERE {id}) ORDER BY id FOR NO KEY UPDATE
            """;

    @IncompleteSql
    private static final String SET_HIDDEN = """
            UPDATE %s t SET hidden = s.hidden FROM stealth s
            WHERE {t.id} AND s.profile_id = t.user_id AND s.incarnation = t.incarnation AND t.hidden <> s.hidden
            """;

    private static final DerivedValue HIDDEN_PARTICIPANTS = hidden("competition_participants");
    private static final DerivedValue HIDDEN_PRIZES = hidden("prizes");

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                new ReplicaCopy(
                        "clan_members",
                        Set.of(
                                "clan_members.incarnation",
                                "clan_members.role",
                                "clan_members.is_member",
                                "clan_members.sequence"),
                        "social",
                        "clan-members",
                        Topic.CLAN_MEMBERS,
                        ClanMemberReplica.PURPOSE,
                        MEMBERS,
                        new ReplicaRepair.Republish(FORGET_MEMBERS)),
                new ReplicaCopy(
                        "stealth",
                        Set.of("stealth.hidden", "stealth.incarnation", "stealth.sequence"),
                        "profile",
                        "stealth-modes",
                        Topic.PROFILE_SETTINGS,
                        StealthReplica.PURPOSE,
                        STEALTH,
                        new ReplicaRepair.Republish(FORGET_STEALTH)),
                HIDDEN_PARTICIPANTS,
                HIDDEN_PRIZES);
    }

    private static DerivedValue hidden(String table) {
        return DerivedValue.ofTransaction(
                table + ".hidden",
                Set.of(table + ".hidden"),
                COMPARE_HIDDEN.formatted(table),
                List.of(LOCK_STEALTH.formatted(table), LOCK_COMPETITIONS.formatted(table)),
                List.of(SET_HIDDEN.formatted(table)));
    }
}
