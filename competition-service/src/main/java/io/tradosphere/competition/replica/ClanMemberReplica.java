package io.tradosphere.competition.replica;

import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberEvent;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.replica.Replica;
import io.tradosphere.platform.replica.StateTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** The replica of clan members. A row outlives its membership for its sequence. */
@ApplicationScoped
class ClanMemberReplica implements Replica<ClanMemberEvent> {

    static final String PURPOSE = "clan-members";

    private static final StateTable<ClanMemberEvent> TABLE = StateTable.<ClanMemberEvent>of("clan_members")
            .key("clan_id", ClanMemberEvent::clanId)
            .person("user_id", ClanMemberEvent::profileId, ClanMemberEvent::incarnation)
            .text("role", event -> EnumText.of(role(event)))
            .flag("is_member", event -> role(event) != null)
            .ended("NOT is_member")
            .build();

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CLAN_MEMBERS);
    }

    @Override
    public StateTable<ClanMemberEvent> table() {
        return TABLE;
    }

    /** The member's role after the event; null when not a member. */
    private static ClanRole role(ClanMemberEvent event) {
        if (event instanceof ClanMemberJoined joined) {
            return joined.role();
        }
        return event instanceof ClanMemberRoleChanged changed ? changed.role() : null;
    }
}
