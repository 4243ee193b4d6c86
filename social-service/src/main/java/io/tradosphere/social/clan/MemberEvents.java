package io.tradosphere.social.clan;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.platform.db.Tx;

/** Publishes the events and tombstones of memberships that end. */
public final class MemberEvents {

    /** Publishes the end of each membership of the clan {@code $1}. Run it before the members are deleted. */
    static final String PUBLISH_ALL_LEFT =
            """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', member.key, message.type, member.key, message.payload, $2
            FROM (
              SELECT concat(clan_id, ':', user_id) AS key,
                     json_build_object('clanId', clan_id, 'profileId', user_id, 'incarnation', incarnation)::text AS payload
              FROM clan_members WHERE clan_id = $1
            ) AS member
            CROSS JOIN LATERAL (VALUES (1, '%s', member.payload), (2, NULL, NULL)) AS message (position, type, payload)
            ORDER BY member.key, message.position
            """.formatted(Topic.CLAN_MEMBERS.topicName(), EventType.SOCIAL_CLAN_MEMBER_LEFT.ceType());

    private MemberEvents() {}

    /** Publishes the end of a membership, and a tombstone for its key. */
    public static Uni<Void> publishLeft(Tx tx, ClanMemberLeft left) {
        return tx.publish(left).chain(() -> tx.tombstone(Topic.CLAN_MEMBERS, left.key()));
    }
}
