package io.tradosphere.contracts;

import io.tradosphere.contracts.billing.LegendsPoolDistributed;
import io.tradosphere.contracts.billing.PayoutFailed;
import io.tradosphere.contracts.billing.PayoutPaid;
import io.tradosphere.contracts.billing.SubscriptionActivated;
import io.tradosphere.contracts.billing.SubscriptionCancelled;
import io.tradosphere.contracts.billing.SubscriptionPastDue;
import io.tradosphere.contracts.billing.SubscriptionRenewed;
import io.tradosphere.contracts.billing.SubscriptionUnpaid;
import io.tradosphere.contracts.billing.TierEnded;
import io.tradosphere.contracts.billing.TierPurchased;
import io.tradosphere.contracts.competition.CompetitionCancelled;
import io.tradosphere.contracts.competition.CompetitionChanged;
import io.tradosphere.contracts.competition.CompetitionCompleted;
import io.tradosphere.contracts.competition.CompetitionCreated;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.contracts.competition.ParticipantDisqualified;
import io.tradosphere.contracts.competition.ParticipantJoined;
import io.tradosphere.contracts.competition.ParticipantWithdrew;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.contracts.messaging.MessageDeleted;
import io.tradosphere.contracts.messaging.MessageSent;
import io.tradosphere.contracts.messaging.MessagesRead;
import io.tradosphere.contracts.messaging.Notified;
import io.tradosphere.contracts.profile.AchievementEarned;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalCommented;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.SignalEdited;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.contracts.signal.SignalViewed;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.contracts.signal.WatchlistInvitationEnded;
import io.tradosphere.contracts.signal.WatchlistInvited;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanCreated;
import io.tradosphere.contracts.social.ClanDeleted;
import io.tradosphere.contracts.social.ClanInvitationEnded;
import io.tradosphere.contracts.social.ClanInvited;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unblocked;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.contracts.streaming.StreamChanged;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.contracts.streaming.StreamStarted;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every type of event there is, one constant a type and version. A type never changes but by a new optional field; whatever
 * else must change becomes a constant of its own with version 2, published beside the old one.
 */
public enum EventType {
    /** Somebody made a profile, for the first time or after having been erased. */
    PROFILE_CREATED("profile.created", 1, Topic.PROFILES, ProfileCreated.class),

    /** Somebody edited what their profile says. */
    PROFILE_UPDATED("profile.updated", 1, Topic.PROFILES, ProfileUpdated.class),

    /** Somebody rose or fell to another tier. */
    PROFILE_TIER_CHANGED("profile.tier-changed", 1, Topic.PROFILES, TierChanged.class),

    /** Somebody was erased; a tombstone of the same key follows, so that compaction forgets the person. */
    PROFILE_DELETED("profile.deleted", 1, Topic.PROFILES, ProfileDeleted.class),

    /** Somebody changed a setting that is the owner's alone to see. */
    PROFILE_SETTINGS_CHANGED("profile.settings-changed", 1, Topic.PROFILE_SETTINGS, SettingsChanged.class),

    /** Somebody is to be forgotten: whoever holds data of that person, of this incarnation or an earlier one, deletes it. */
    PROFILE_ERASED("profile.erased", 1, Topic.ERASURES, Erased.class),

    /** Somebody met the criteria of an achievement, once and for good. */
    PROFILE_ACHIEVEMENT_EARNED("profile.achievement-earned", 1, Topic.ACHIEVEMENTS, AchievementEarned.class),

    /** Somebody began to follow another. */
    SOCIAL_FOLLOWED("social.followed", 1, Topic.FOLLOWS, Followed.class),

    /** Somebody stopped following another, of their own will, by a block, or because one of the two was erased; a tombstone of the same key follows. */
    SOCIAL_UNFOLLOWED("social.unfollowed", 1, Topic.FOLLOWS, Unfollowed.class),

    /** Somebody blocked another, who from now on can neither follow nor write to them. */
    SOCIAL_BLOCKED("social.blocked", 1, Topic.BLOCKS, Blocked.class),

    /** A block was lifted; a tombstone of the same key follows. */
    SOCIAL_UNBLOCKED("social.unblocked", 1, Topic.BLOCKS, Unblocked.class),

    /** A clan was founded. */
    SOCIAL_CLAN_CREATED("social.clan-created", 1, Topic.CLANS, ClanCreated.class),

    /** A clan has another name, badge, owner or number of members. */
    SOCIAL_CLAN_CHANGED("social.clan-changed", 1, Topic.CLANS, ClanChanged.class),

    /** A clan is no more; a tombstone of the same key follows. */
    SOCIAL_CLAN_DELETED("social.clan-deleted", 1, Topic.CLANS, ClanDeleted.class),

    /** Somebody joined a clan, or founded it. */
    SOCIAL_CLAN_MEMBER_JOINED("social.clan-member-joined", 1, Topic.CLAN_MEMBERS, ClanMemberJoined.class),

    /** A member of a clan became something else in it. */
    SOCIAL_CLAN_MEMBER_ROLE_CHANGED(
            "social.clan-member-role-changed", 1, Topic.CLAN_MEMBERS, ClanMemberRoleChanged.class),

    /** Somebody left a clan or was removed from it; a tombstone of the same key follows. */
    SOCIAL_CLAN_MEMBER_LEFT("social.clan-member-left", 1, Topic.CLAN_MEMBERS, ClanMemberLeft.class),

    /** Somebody is invited to a clan, or a member is offered its ownership. */
    SOCIAL_CLAN_INVITED("social.clan-invited", 1, Topic.CLAN_INVITATIONS, ClanInvited.class),

    /** An invitation to a clan is no longer open. */
    SOCIAL_CLAN_INVITATION_ENDED("social.clan-invitation-ended", 1, Topic.CLAN_INVITATIONS, ClanInvitationEnded.class),

    /** A signal was posted. Its levels never change; the rationale is read through the API. */
    SIGNAL_POSTED("signal.posted", 1, Topic.SIGNALS, Topic.SUBSCRIBER_SIGNALS, SignalPosted.class),

    /** The creator edited what may be edited while a signal is active. Texts and pictures themselves are read through the API. */
    SIGNAL_EDITED("signal.edited", 1, Topic.SIGNALS, Topic.SUBSCRIBER_SIGNALS, SignalEdited.class),

    /** A signal was decided, once and for good. Those of one creator arrive in the order of their resolution, which is the order that streaks go by. */
    SIGNAL_RESOLVED("signal.resolved", 1, Topic.SIGNALS, SignalResolved.class),

    /** A signal that nobody had seen yet was taken back, and counts no more; a resolved one is never deleted. */
    SIGNAL_DELETED("signal.deleted", 1, Topic.SIGNALS, Topic.SUBSCRIBER_SIGNALS, SignalDeleted.class),

    /** Somebody reacted to a signal, or changed their reaction to it. */
    SIGNAL_REACTED("signal.reacted", 1, Topic.ENGAGEMENT, Topic.SUBSCRIBER_ENGAGEMENT, SignalReacted.class),

    /** Somebody took a reaction back. */
    SIGNAL_REACTION_REMOVED(
            "signal.reaction-removed", 1, Topic.ENGAGEMENT, Topic.SUBSCRIBER_ENGAGEMENT, ReactionRemoved.class),

    /** Somebody commented on a signal. The text is read through the API. */
    SIGNAL_COMMENTED("signal.commented", 1, Topic.ENGAGEMENT, Topic.SUBSCRIBER_ENGAGEMENT, SignalCommented.class),

    /** A comment was removed, by its author or by the signal's owner. */
    SIGNAL_COMMENT_REMOVED(
            "signal.comment-removed", 1, Topic.ENGAGEMENT, Topic.SUBSCRIBER_ENGAGEMENT, CommentRemoved.class),

    /** A signal was viewed a number of times since the last such event. */
    SIGNAL_VIEWED("signal.viewed", 1, Topic.ENGAGEMENT, Topic.SUBSCRIBER_ENGAGEMENT, SignalViewed.class),

    /** Somebody entered a trade that is open. */
    TRADE_OPENED("trade.opened", 1, Topic.TRADES, TradeOpened.class),

    /** A trade was closed, or entered when it already was. */
    TRADE_CLOSED("trade.closed", 1, Topic.TRADES, TradeClosed.class),

    /** Somebody changed the numbers of a trade. */
    TRADE_CORRECTED("trade.corrected", 1, Topic.TRADES, TradeCorrected.class),

    /** Somebody deleted a trade; it counts no more. */
    TRADE_DELETED("trade.deleted", 1, Topic.TRADES, TradeDeleted.class),

    /** Somebody is invited to a watchlist, or offered its ownership. */
    WATCHLIST_INVITED("watchlist.invited", 1, Topic.WATCHLIST_INVITATIONS, WatchlistInvited.class),

    /** An invitation to a watchlist is no longer open. */
    WATCHLIST_INVITATION_ENDED(
            "watchlist.invitation-ended", 1, Topic.WATCHLIST_INVITATIONS, WatchlistInvitationEnded.class),

    /** The market traded at a price. Comes from a market-data feed outside the suite. */
    MARKET_PRICE_TICKED("market.price-ticked", 1, Topic.PRICES, PriceTicked.class),

    /** A subscription became active: a new one, or one that had lapsed. */
    BILLING_SUBSCRIPTION_ACTIVATED(
            "billing.subscription-activated", 1, Topic.SUBSCRIPTIONS, SubscriptionActivated.class),

    /** A payment for a subscription failed and is being tried again. */
    BILLING_SUBSCRIPTION_PAST_DUE("billing.subscription-past-due", 1, Topic.SUBSCRIPTIONS, SubscriptionPastDue.class),

    /** Every attempt to collect for a subscription failed. */
    BILLING_SUBSCRIPTION_UNPAID("billing.subscription-unpaid", 1, Topic.SUBSCRIPTIONS, SubscriptionUnpaid.class),

    /** A subscription ended. */
    BILLING_SUBSCRIPTION_CANCELLED(
            "billing.subscription-cancelled", 1, Topic.SUBSCRIPTIONS, SubscriptionCancelled.class),

    /** An active subscription was paid for another period. */
    BILLING_SUBSCRIPTION_RENEWED("billing.subscription-renewed", 1, Topic.SUBSCRIPTIONS, SubscriptionRenewed.class),

    /** Somebody paid for a tier of the platform, for the first time, for another period, or instead of another tier. */
    BILLING_TIER_PURCHASED("billing.tier-purchased", 1, Topic.TIERS, TierPurchased.class),

    /** A tier that somebody had paid for came to its end. */
    BILLING_TIER_ENDED("billing.tier-ended", 1, Topic.TIERS, TierEnded.class),

    /** The pool of a month was shared among the legends of that month; the shares sum to it exactly. */
    BILLING_LEGENDS_POOL_DISTRIBUTED(
            "billing.legends-pool-distributed", 1, Topic.LEGENDS_POOL, LegendsPoolDistributed.class),

    /** A prize or a share of the pool was transferred to its winner. */
    BILLING_PAYOUT_PAID("billing.payout-paid", 1, Topic.PAYOUTS, PayoutPaid.class),

    /** A prize or a share of the pool could not be transferred; it is tried again by the next run. */
    BILLING_PAYOUT_FAILED("billing.payout-failed", 1, Topic.PAYOUTS, PayoutFailed.class),

    /** A competition was announced. */
    COMPETITION_CREATED("competition.created", 1, Topic.COMPETITIONS, CompetitionCreated.class),

    /** The creator edited an upcoming competition. */
    COMPETITION_CHANGED("competition.changed", 1, Topic.COMPETITIONS, CompetitionChanged.class),

    /** A competition began. The participants topic has who takes part. */
    COMPETITION_STARTED("competition.started", 1, Topic.COMPETITIONS, CompetitionStarted.class),

    /** A competition ended and its ranks are final; the prizes sum to the pool less the platform's fee. */
    COMPETITION_COMPLETED("competition.completed", 1, Topic.COMPETITIONS, CompetitionCompleted.class),

    /** A competition was called off before it started. */
    COMPETITION_CANCELLED("competition.cancelled", 1, Topic.COMPETITIONS, CompetitionCancelled.class),

    /** Somebody joined a competition. */
    COMPETITION_JOINED("competition.joined", 1, Topic.PARTICIPANTS, ParticipantJoined.class),

    /** Somebody withdrew from a competition. */
    COMPETITION_WITHDREW("competition.withdrew", 1, Topic.PARTICIPANTS, ParticipantWithdrew.class),

    /** Somebody was excluded from a competition. */
    COMPETITION_DISQUALIFIED("competition.disqualified", 1, Topic.PARTICIPANTS, ParticipantDisqualified.class),

    /** Somebody went live. The title is read through the API. */
    STREAMING_STARTED("streaming.started", 1, Topic.STREAMS, StreamStarted.class),

    /** A live stream has another title or looks at something else. The title is read through the API. */
    STREAMING_CHANGED("streaming.changed", 1, Topic.STREAMS, StreamChanged.class),

    /** A stream is over. */
    STREAMING_ENDED("streaming.ended", 1, Topic.STREAMS, StreamEnded.class),

    /** Somebody wrote to somebody. */
    MESSAGING_SENT("messaging.sent", 1, Topic.MESSAGES, MessageSent.class),

    /** Somebody read what somebody wrote to them. */
    MESSAGING_READ("messaging.read", 1, Topic.MESSAGES, MessagesRead.class),

    /** A message is gone, for one of its two parties. */
    MESSAGING_DELETED("messaging.deleted", 1, Topic.MESSAGES, MessageDeleted.class),

    /** Somebody's notifications changed. */
    MESSAGING_NOTIFIED("messaging.notified", 1, Topic.MESSAGES, Notified.class);

    private static final String CE_TYPE_PREFIX = "io.tradosphere.";
    private static final String SCHEMA_BASE = "https://tradosphere.io/";
    private static final Map<String, EventType> BY_CE_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::ceType, Function.identity()));

    private final String typeName;
    private final int version;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of constants, which Error Prone can't tell
    private final List<Topic> topics;

    private final Class<? extends Event> recordClass;

    EventType(String typeName, int version, Topic topic, Class<? extends Event> recordClass) {
        this(typeName, version, List.of(topic), recordClass);
    }

    EventType(String typeName, int version, Topic topic, Topic other, Class<? extends Event> recordClass) {
        this(typeName, version, List.of(topic, other), recordClass);
    }

    EventType(String typeName, int version, List<Topic> topics, Class<? extends Event> recordClass) {
        this.typeName = typeName;
        this.version = version;
        this.topics = topics;
        this.recordClass = recordClass;
    }

    /** The name without prefix and version, such as {@code profile.created}. */
    public String typeName() {
        return typeName;
    }

    /** The version, counted from 1. */
    public int version() {
        return version;
    }

    /** The topic that carries it, unless the event is {@linkplain Event#on on another one}. */
    public Topic topic() {
        return topics.get(0);
    }

    /** Every topic that may carry it, {@link #topic()} first. */
    public List<Topic> topics() {
        return topics;
    }

    /** The record its JSON is read into. */
    public Class<? extends Event> recordClass() {
        return recordClass;
    }

    /** The CloudEvents type, such as {@code io.tradosphere.profile.created.v1}. */
    public String ceType() {
        return CE_TYPE_PREFIX + versionedName();
    }

    /** The stable URI of its JSON Schema, which is also the schema's {@code $id}. */
    public String dataSchema() {
        return SCHEMA_BASE + schemaResource();
    }

    /** Where its JSON Schema lies on the class path. */
    public String schemaResource() {
        return "schemas/" + versionedName() + ".json";
    }

    private String versionedName() {
        return typeName + ".v" + version;
    }

    /** The type that a {@code ce_type} header names; empty for one this version of the contracts doesn't know. */
    public static Optional<EventType> ofCeType(String ceType) {
        return Optional.ofNullable(BY_CE_TYPE.get(ceType));
    }
}
