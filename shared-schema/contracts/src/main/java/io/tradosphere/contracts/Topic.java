package io.tradosphere.contracts;

import static io.tradosphere.contracts.Topic.Access.INTERNAL;
import static io.tradosphere.contracts.Topic.Access.PUBLIC;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Every topic of the suite, with all an admin client needs to create it. */
public enum Topic {
    /** Who there is: the full public state of each person, kept until that person is erased. */
    PROFILES("tradosphere.profile.profiles", 6, Retention.latestPerKey(), PUBLIC, "profileId"),

    /** What a person set for themselves alone. */
    PROFILE_SETTINGS("tradosphere.profile.settings", 3, Retention.latestPerKey(), INTERNAL, "profileId"),

    /** Profiles to erase, kept longer than any consumer may be down. */
    ERASURES("tradosphere.profile.erasures", 3, Retention.days(400), PUBLIC, "profileId"),

    /** Achievements as they are earned. */
    ACHIEVEMENTS("tradosphere.profile.achievements", 3, Retention.days(30), PUBLIC, "profileId"),

    /** Trading signals and what became of them, in order per creator. */
    SIGNALS("tradosphere.signal.signals", 6, Retention.days(30), PUBLIC, "creatorId"),

    /** Reactions, comments and views. */
    ENGAGEMENT("tradosphere.signal.engagement", 6, Retention.days(7), PUBLIC, "signalId"),

    /** Signals for subscribers until they are decided; then they appear among {@link #SIGNALS}. */
    SUBSCRIBER_SIGNALS("tradosphere.signal.subscriber-signals", 6, Retention.days(30), INTERNAL, "creatorId"),

    /** Reactions, comments and views of signals that are not everybody's yet. */
    SUBSCRIBER_ENGAGEMENT("tradosphere.signal.subscriber-engagement", 6, Retention.days(7), INTERNAL, "signalId"),

    /** The numbers of people's private trades. */
    TRADES("tradosphere.signal.trades", 6, Retention.days(30), INTERNAL, "userId"),

    /** Who is invited to which watchlist. */
    WATCHLIST_INVITATIONS(
            "tradosphere.signal.watchlist-invitations", 3, Retention.days(30), INTERNAL, "watchlistId:profileId"),

    /** Prices of a market-data feed outside the suite. */
    PRICES("tradosphere.market.prices", 6, Retention.days(1), PUBLIC, "symbol"),

    /** Who follows whom. */
    FOLLOWS("tradosphere.social.follows", 6, Retention.latestPerKeyAfterDays(7), PUBLIC, "followerId:followingId"),

    /** Who blocked whom. */
    BLOCKS("tradosphere.social.blocks", 3, Retention.latestPerKey(), INTERNAL, "blockerId:blockedId"),

    /** The clans there are. */
    CLANS("tradosphere.social.clans", 3, Retention.latestPerKey(), PUBLIC, "clanId"),

    /** Who belongs to which clan. */
    CLAN_MEMBERS("tradosphere.social.clan-members", 3, Retention.latestPerKey(), PUBLIC, "clanId:profileId"),

    /** Who is invited to which clan. */
    CLAN_INVITATIONS("tradosphere.social.clan-invitations", 3, Retention.days(30), INTERNAL, "clanId:profileId"),

    /** Who subscribes to whom, for money. */
    SUBSCRIPTIONS(
            "tradosphere.billing.subscriptions", 3, Retention.latestPerKeyAfterDays(30), INTERNAL, "subscriptionId"),

    /** Tiers bought from the platform. */
    TIERS("tradosphere.billing.tiers", 3, Retention.days(30), INTERNAL, "profileId"),

    /** What the legends of a month share. */
    LEGENDS_POOL("tradosphere.billing.legends-pool", 3, Retention.days(365), PUBLIC, "month"),

    /** What became of prizes and shares of the pool. */
    PAYOUTS("tradosphere.billing.payouts", 3, Retention.days(365), INTERNAL, "profileId"),

    /** Competitions from announcement to results. */
    COMPETITIONS("tradosphere.competition.competitions", 3, Retention.days(365), PUBLIC, "competitionId"),

    /** Who takes part in which competition. */
    PARTICIPANTS("tradosphere.competition.participants", 3, Retention.days(30), INTERNAL, "competitionId"),

    /** Live streams. */
    STREAMS("tradosphere.streaming.streams", 3, Retention.days(30), PUBLIC, "streamId"),

    /** That somebody wrote to somebody or is notified; never what. */
    MESSAGES("tradosphere.messaging.messages", 6, Retention.days(7), INTERNAL, "recipientId");

    private final String topicName;
    private final int partitions;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values, which Error Prone can't tell
    private final Retention retention;

    private final Access access;
    private final String keyDescription;

    Topic(String topicName, int partitions, Retention retention, Access access, String keyDescription) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.retention = retention;
        this.access = access;
        this.keyDescription = keyDescription;
    }

    /** The name in Kafka, {@code tradosphere.<slice>.<entity>}. */
    public String topicName() {
        return topicName;
    }

    /** How many partitions it is created with. */
    public int partitions() {
        return partitions;
    }

    /** What is kept, and for how long. */
    public Retention retention() {
        return retention;
    }

    /** Who may read it. */
    public Access access() {
        return access;
    }

    /** What the key is made of, such as {@code followerId:followingId}. */
    public String keyDescription() {
        return keyDescription;
    }

    /** Whether Kafka keeps the latest record of each key, so that the topic alone rebuilds a replica of the state. */
    public boolean isCompacted() {
        return retention.compacted();
    }

    /** Whether clients outside the suite write to it. */
    public boolean isWrittenFromOutside() {
        return this == PRICES;
    }

    /** The topic's settings under Kafka's own names, as an admin client takes them. */
    public Map<String, String> settings() {
        Map<String, String> settings = retention.settings();
        if (isWrittenFromOutside()) {
            // The broker unpacks what arrives and refuses it when it is too large. Otherwise 60 MB fit into one small
            // record.
            settings.put("compression.type", "uncompressed");
        }
        return settings;
    }

    /**
     * The dead-letter topic of a consumer group for this topic.
     *
     * @param group the consumer group, {@code <service>.<purpose>}
     */
    public String deadLetterTopic(String group) {
        return topicName + "." + group + ".dlq";
    }

    /**
     * The topic by which a consumer group, and no other, gets its dead letters of this topic again.
     *
     * @param group the consumer group, {@code <service>.<purpose>}
     */
    public String replayTopic(String group) {
        return topicName + "." + group + ".replay";
    }

    /** Who may read a topic. */
    public enum Access {
        /** Anybody whom the operator lets in. */
        PUBLIC,
        /** The suite's own services alone. */
        INTERNAL
    }

    /**
     * What Kafka keeps of a topic.
     *
     * @param compacted true: the latest record of each key, for good; false: everything younger than {@code keepFor}
     * @param keepFor how long records are kept; zero for a compacted topic
     * @param untouchedFor how long compaction leaves a record alone, so that within it every single event can be replayed; zero
     *     for a topic that isn't compacted
     */
    public record Retention(boolean compacted, Duration keepFor, Duration untouchedFor) {
        /** How long a tombstone stays readable: a consumer rebuilding its replica must get through the topic in this time. */
        public static final Duration TOMBSTONES = Duration.ofDays(7);

        /** How much later than allowed compaction may come at the latest: what is erased doesn't linger in a quiet topic. */
        private static final Duration COMPACTED_WITHIN = Duration.ofDays(7);

        static Retention latestPerKey() {
            return new Retention(true, Duration.ZERO, Duration.ZERO);
        }

        static Retention latestPerKeyAfterDays(int days) {
            return new Retention(true, Duration.ZERO, Duration.ofDays(days));
        }

        static Retention days(int days) {
            return new Retention(false, Duration.ofDays(days), Duration.ZERO);
        }

        Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>();
            if (compacted) {
                settings.put("cleanup.policy", "compact");
                settings.put("delete.retention.ms", millis(TOMBSTONES));
                settings.put("min.compaction.lag.ms", millis(untouchedFor));
                settings.put("max.compaction.lag.ms", millis(untouchedFor.plus(COMPACTED_WITHIN)));
            } else {
                settings.put("cleanup.policy", "delete");
                settings.put("retention.ms", millis(keepFor));
            }
            return settings;
        }

        private static String millis(Duration duration) {
            return Long.toString(duration.toMillis());
        }
    }
}
