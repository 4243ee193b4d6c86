package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.platform.db.Tx;

/** How it is announced that people are no longer in a clan. */
public final class MemberEvents {

    /** Announces of every member of the clan {@code $1} that they have left, however many there are; to be run before they go. */
    static final String ANNOUNCE_ALL_LEFT =
            """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', gone.key, step.type, gone.key, step.payload, $2
            FROM (
              SELECT concat(clan_id, ':', user_id) AS key,
                     json_build_object('clanId', clan_id, 'profileId', user_id, 'incarnation', incarnation)::text AS payload
              FROM clan_members WHERE clan_id = $1
            ) AS gone
            CROSS JOIN LATERAL (VALUES (1, '%s', gone.payload), (2, NULL, NULL)) AS step (position, type, payload)
            ORDER BY gone.key, step.position
            """.formatted(Topic.CLAN_MEMBERS.topicName(), EventType.SOCIAL_CLAN_MEMBER_LEFT.ceType());

    private MemberEvents() {}

    /** Announces that somebody has left, and ends their key. */
    public static Uni<Void> left(Tx tx, ClanMemberLeft left) {
        return tx.publish(left).chain(() -> tx.tombstone(Topic.CLAN_MEMBERS, left.key()));
    }
}
