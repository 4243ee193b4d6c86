package io.tradosphere.messaging.notification;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a notification is about. Each type can be switched off. */
public enum NotificationType {
    /** Somebody follows the person. */
    @JsonProperty("follower")
    FOLLOWER,

    /** Somebody commented on a signal of the person's. */
    @JsonProperty("comment")
    COMMENT,

    /** Somebody reacted to a signal of the person's. */
    @JsonProperty("reaction")
    REACTION,

    /** A signal of the person's is resolved. */
    @JsonProperty("signal-resolved")
    SIGNAL_RESOLVED,

    /** Somebody subscribes to the person. */
    @JsonProperty("subscriber")
    SUBSCRIBER,

    /** A payment for a subscription of the person's failed. */
    @JsonProperty("subscription-past-due")
    SUBSCRIPTION_PAST_DUE,

    /** A competition that the person takes part in has started. */
    @JsonProperty("competition-started")
    COMPETITION_STARTED,

    /** A competition that the person took part in has its results. */
    @JsonProperty("competition-result")
    COMPETITION_RESULT,

    /** The person earned an achievement. */
    @JsonProperty("achievement")
    ACHIEVEMENT,

    /** The person has another tier. */
    @JsonProperty("tier")
    TIER,

    /** A creator whom the person follows is live. */
    @JsonProperty("creator-live")
    CREATOR_LIVE,

    /** A payout arrived. */
    @JsonProperty("payout-paid")
    PAYOUT_PAID,

    /** A payout failed. */
    @JsonProperty("payout-failed")
    PAYOUT_FAILED,

    /** The person has a share of the legends pool. */
    @JsonProperty("pool-share")
    POOL_SHARE,

    /** The person is invited to a clan or a watchlist, or offered its ownership. */
    @JsonProperty("invitation")
    INVITATION;

    /** The name in the API and the database, such as {@code signal-resolved}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The type of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static NotificationType of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * A sentence with who caused it.
     *
     * @param actor the name of the latest actor
     * @param count the number of causes
     * @param general the title without a name
     */
    String title(String actor, long count, String general) {
        String actors = count == 1 ? actor : actor + " and " + (count - 1) + (count == 2 ? " other" : " others");
        return switch (this) {
            case FOLLOWER -> actors + " followed you";
            case REACTION -> actors + " reacted to your signal";
            case SUBSCRIBER -> actors + " subscribed to you";
            case COMMENT ->
                count == 1
                        ? actor + " commented on your signal"
                        : count + " comments on your signal, the latest by " + actor;
            case CREATOR_LIVE -> actor + " is live";
            case INVITATION -> general + " by " + actor;
            default -> general;
        };
    }
}
