package io.tradosphere.messaging.notification;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.billing.LegendsPoolDistributed;
import io.tradosphere.contracts.billing.PayoutEvent;
import io.tradosphere.contracts.billing.PayoutPaid;
import io.tradosphere.contracts.billing.SubscriptionActivated;
import io.tradosphere.contracts.billing.SubscriptionPastDue;
import io.tradosphere.contracts.billing.SubscriptionState;
import io.tradosphere.contracts.billing.SubscriptionStatus;
import io.tradosphere.contracts.profile.AchievementEarned;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.EngagementEvent;
import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.contracts.signal.WatchlistInvitationEvent;
import io.tradosphere.contracts.social.ClanInvitationEvent;
import io.tradosphere.contracts.social.FollowEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Maps events to the causes of notifications of one person or a few. */
final class Causes {

    /** All unread causes of such a type are one notification. */
    private static final String ONE_GROUP = "";

    private static final int MAX_TITLE = 200;

    private Causes() {}

    /** The causes that an event begins or ends; none for other events. */
    static List<Cause> of(Event event, long sequence) {
        if (event instanceof FollowEvent follow) {
            return List.of(of(follow, sequence));
        }
        if (event instanceof SignalReacted reacted) {
            return List.of(reaction(reacted, reacted.userId(), reacted.incarnation(), sequence));
        }
        if (event instanceof ReactionRemoved removed) {
            return List.of(reaction(removed, removed.userId(), removed.incarnation(), sequence));
        }
        if (event instanceof SignalCommented commented) {
            return List.of(comment(
                    commented, commented.commentId(), commented.authorId(), commented.authorIncarnation(), sequence));
        }
        if (event instanceof CommentRemoved removed) {
            return List.of(
                    comment(removed, removed.commentId(), removed.authorId(), removed.authorIncarnation(), sequence));
        }
        if (event instanceof SignalResolved resolved) {
            return List.of(of(resolved, sequence));
        }
        if (event instanceof AchievementEarned earned) {
            return List.of(of(earned, sequence));
        }
        if (event instanceof TierChanged changed) {
            return List.of(of(changed, sequence));
        }
        if (event instanceof SubscriptionActivated activated) {
            return isNew(activated.subscription())
                    ? List.of(subscriber(activated.subscription(), sequence))
                    : List.of();
        }
        if (event instanceof SubscriptionPastDue pastDue) {
            return List.of(pastDue(pastDue.subscription(), sequence));
        }
        if (event instanceof PayoutEvent payout) {
            return List.of(of(payout, sequence));
        }
        if (event instanceof LegendsPoolDistributed pool) {
            return pool.shares().stream()
                    .map(share -> alone(
                            share.profileId(),
                            share.incarnation(),
                            NotificationType.POOL_SHARE,
                            pool.month().toString(),
                            "Your share of the legends pool of " + pool.month() + " is "
                                    + share.amount().toPlainString() + " " + pool.currency(),
                            Map.of(
                                    "month", pool.month().toString(),
                                    "amount", share.amount().toPlainString(),
                                    "currency", pool.currency()),
                            sequence))
                    .toList();
        }
        if (event instanceof ClanInvitationEvent invitation) {
            return List.of(InvitationCauses.of(invitation, sequence));
        }
        if (event instanceof WatchlistInvitationEvent invitation) {
            return List.of(InvitationCauses.of(invitation, sequence));
        }
        return List.of();
    }

    private static Cause of(FollowEvent follow, long sequence) {
        return new Cause(
                follow.followingId(),
                follow.followingIncarnation(),
                NotificationType.FOLLOWER,
                ONE_GROUP,
                follow.followerId().toString(),
                follow.followerId(),
                follow.followerIncarnation(),
                "New follower",
                Map.of(),
                follow.sign() > 0,
                sequence);
    }

    private static Cause reaction(EngagementEvent event, UUID actor, long incarnation, long sequence) {
        return new Cause(
                event.creatorId(),
                event.creatorIncarnation(),
                NotificationType.REACTION,
                event.signalId().toString(),
                event.signalId() + ":" + actor,
                actor,
                incarnation,
                "New reaction to your signal",
                Map.of("signalId", event.signalId().toString()),
                event instanceof SignalReacted,
                sequence);
    }

    private static Cause comment(EngagementEvent event, UUID comment, UUID author, long incarnation, long sequence) {
        return new Cause(
                event.creatorId(),
                event.creatorIncarnation(),
                NotificationType.COMMENT,
                event.signalId().toString(),
                comment.toString(),
                author,
                incarnation,
                "New comment on your signal",
                Map.of("signalId", event.signalId().toString()),
                event instanceof SignalCommented,
                sequence);
    }

    private static Cause of(SignalResolved resolved, long sequence) {
        String outcome = text(resolved.outcome());
        return alone(
                resolved.creatorId(),
                resolved.creatorIncarnation(),
                NotificationType.SIGNAL_RESOLVED,
                resolved.signalId().toString(),
                "Your signal on " + resolved.assetSymbol()
                        + (resolved.outcome() == Outcome.CANCELLED ? " is cancelled" : " is a " + outcome),
                Map.of(
                        "signalId", resolved.signalId().toString(),
                        "assetSymbol", resolved.assetSymbol(),
                        "outcome", outcome),
                sequence);
    }

    private static Cause of(AchievementEarned earned, long sequence) {
        return alone(
                earned.profileId(),
                earned.incarnation(),
                NotificationType.ACHIEVEMENT,
                earned.achievementId().toString(),
                "You earned the achievement " + earned.name(),
                Map.of("achievementId", earned.achievementId().toString()),
                sequence);
    }

    private static Cause of(TierChanged changed, long sequence) {
        Tier tier = changed.profile().tier();
        return alone(
                changed.profileId(),
                changed.profile().incarnation(),
                NotificationType.TIER,
                text(tier) + ":" + changed.profile().tierSince(),
                "Your tier is now " + text(tier),
                Map.of("tier", text(tier), "previousTier", text(changed.previousTier())),
                sequence);
    }

    /** A subscription that was past due is not new when its payment succeeds at last. */
    private static boolean isNew(SubscriptionState subscription) {
        return subscription.previousStatus() == null
                || subscription.previousStatus() == SubscriptionStatus.CANCELLED
                || subscription.previousStatus() == SubscriptionStatus.UNPAID;
    }

    private static Cause subscriber(SubscriptionState subscription, long sequence) {
        return new Cause(
                subscription.creatorId(),
                subscription.creatorIncarnation(),
                NotificationType.SUBSCRIBER,
                ONE_GROUP,
                subscription.subscriptionId() + ":" + subscription.startedAt(),
                subscription.subscriberId(),
                subscription.subscriberIncarnation(),
                "New subscriber",
                Map.of(),
                true,
                sequence);
    }

    private static Cause pastDue(SubscriptionState subscription, long sequence) {
        String key = subscription.subscriptionId() + ":" + subscription.changedAt();
        return new Cause(
                subscription.subscriberId(),
                subscription.subscriberIncarnation(),
                NotificationType.SUBSCRIPTION_PAST_DUE,
                subscription.subscriptionId().toString(),
                key,
                subscription.creatorId(),
                subscription.creatorIncarnation(),
                "A payment for your subscription failed",
                Map.of("subscriptionId", subscription.subscriptionId().toString()),
                true,
                sequence);
    }

    private static Cause of(PayoutEvent payout, long sequence) {
        boolean paid = payout instanceof PayoutPaid;
        String amount = payout.amount().toPlainString();
        return alone(
                payout.profileId(),
                payout.incarnation(),
                paid ? NotificationType.PAYOUT_PAID : NotificationType.PAYOUT_FAILED,
                payout.payoutId().toString(),
                "Your payout of " + amount + " " + payout.currency() + (paid ? " is on its way" : " failed"),
                Map.of(
                        "payoutId", payout.payoutId().toString(),
                        "amount", amount,
                        "currency", payout.currency()),
                sequence);
    }

    /** A cause that nobody brought about, and that is a notification of its own. */
    static Cause alone(
            UUID person,
            long incarnation,
            NotificationType type,
            String key,
            String title,
            Map<String, String> data,
            long sequence) {
        return new Cause(person, incarnation, type, key, key, null, null, shortened(title), data, true, sequence);
    }

    /** A title that fits, counted in code points as the database does. */
    static String shortened(String title) {
        return title.codePointCount(0, title.length()) <= MAX_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, MAX_TITLE - 1)) + "…";
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
