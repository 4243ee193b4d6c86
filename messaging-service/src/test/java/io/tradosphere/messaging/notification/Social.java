package io.tradosphere.messaging.notification;

import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.contracts.signal.WatchlistInvitationEnded;
import io.tradosphere.contracts.signal.WatchlistInvited;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.contracts.social.ClanInvitationEnded;
import io.tradosphere.contracts.social.ClanInvited;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.TestUser;
import java.time.Instant;
import java.util.UUID;

/** Events as other services publish them. */
final class Social {

    private Social() {}

    static long born(TestUser person) {
        return KnownProfiles.incarnation(person);
    }

    static Followed followed(UUID follower, TestUser person) {
        return followed(follower, person, born(person));
    }

    static Followed followed(UUID follower, TestUser person, long born) {
        return new Followed(follower, incarnation(), person.id(), born, Instant.now());
    }

    static Unfollowed unfollowed(UUID follower, TestUser person) {
        return unfollowed(follower, person, born(person));
    }

    static Unfollowed unfollowed(UUID follower, TestUser person, long born) {
        return new Unfollowed(follower, incarnation(), person.id(), born, Instant.now());
    }

    static SignalReacted reacted(UUID signal, TestUser creator, UUID actor) {
        return reacted(signal, creator, born(creator), actor);
    }

    static SignalReacted reacted(UUID signal, TestUser creator, long born, UUID actor) {
        return new SignalReacted(
                signal, creator.id(), born, actor, incarnation(), Reaction.values()[0], null, Instant.now());
    }

    static ReactionRemoved unreacted(UUID signal, TestUser creator, UUID actor) {
        return unreacted(signal, creator, born(creator), actor);
    }

    static ReactionRemoved unreacted(UUID signal, TestUser creator, long born, UUID actor) {
        return new ReactionRemoved(
                signal, creator.id(), born, actor, incarnation(), Reaction.values()[0], Instant.now());
    }

    static ClanInvited invitedToClan(UUID clan, UUID invitation, TestUser person, UUID inviter) {
        return invitedToClan(clan, invitation, person, born(person), inviter, ClanRole.MEMBER);
    }

    static ClanInvited invitedToClan(
            UUID clan, UUID invitation, TestUser person, long born, UUID inviter, ClanRole role) {
        return new ClanInvited(invitation, clan, person.id(), born, inviter, incarnation(), role, Instant.now());
    }

    static ClanInvitationEnded clanInvitationEnded(UUID clan, UUID invitation, TestUser person, long born) {
        return new ClanInvitationEnded(invitation, clan, person.id(), born, Instant.now());
    }

    static WatchlistInvited invitedToWatchlist(
            UUID list, UUID invitation, TestUser person, TestUser inviter, WatchlistRole role) {
        return new WatchlistInvited(
                invitation, list, person.id(), born(person), inviter.id(), born(inviter), role, Instant.now());
    }

    static WatchlistInvitationEnded watchlistInvitationEnded(UUID list, UUID invitation, TestUser person) {
        return new WatchlistInvitationEnded(invitation, list, person.id(), born(person), Instant.now());
    }

    /** Later than that of any profile of the test, so that no known profile makes the event one of the past. */
    private static long incarnation() {
        return KnownProfiles.incarnation(Instant.now().plusSeconds(3_600));
    }
}
