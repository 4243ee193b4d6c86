package io.tradosphere.messaging.notification;

import io.tradosphere.contracts.signal.WatchlistInvitationEvent;
import io.tradosphere.contracts.signal.WatchlistInvited;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.contracts.social.ClanInvitationEvent;
import io.tradosphere.contracts.social.ClanInvited;
import io.tradosphere.contracts.social.ClanRole;
import java.util.Map;

/**
 * Maps invitations to causes of notifications. Each invitation is a cause of its own, so one that follows a declined one
 * notifies again. The end of an invitation takes back what is unread.
 */
final class InvitationCauses {

    private InvitationCauses() {}

    static Cause of(ClanInvitationEvent event, long sequence) {
        ClanInvited invited = event instanceof ClanInvited begun ? begun : null;
        return new Cause(
                event.profileId(),
                event.incarnation(),
                NotificationType.INVITATION,
                event.clanId().toString(),
                event.invitationId().toString(),
                invited == null ? null : invited.inviterId(),
                invited == null ? null : invited.inviterIncarnation(),
                title("clan", invited != null && invited.role() == ClanRole.OWNER),
                Map.of("clanId", event.clanId().toString()),
                invited != null,
                sequence);
    }

    static Cause of(WatchlistInvitationEvent event, long sequence) {
        WatchlistInvited invited = event instanceof WatchlistInvited begun ? begun : null;
        return new Cause(
                event.profileId(),
                event.incarnation(),
                NotificationType.INVITATION,
                event.watchlistId().toString(),
                event.invitationId().toString(),
                invited == null ? null : invited.inviterId(),
                invited == null ? null : invited.inviterIncarnation(),
                title("watchlist", invited != null && invited.role() == WatchlistRole.OWNER),
                Map.of("watchlistId", event.watchlistId().toString()),
                invited != null,
                sequence);
    }

    private static String title(String target, boolean isOwnership) {
        return isOwnership ? "You are offered the ownership of a " + target : "You are invited to a " + target;
    }
}
