package io.tradosphere.billing.life;

import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.SubscriptionEvent;
import io.tradosphere.contracts.billing.TierEvent;
import io.tradosphere.contracts.billing.TierPurchased;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.TopicReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the published events say of some lives.
 *
 * @param counts what each subscription adds to its creator's number of subscribers
 * @param tiers the bought tier that each person holds; nobody else holds one
 */
record Told(Map<String, Integer> counts, Map<String, String> tiers) {

    /** Reads the events of these lives. */
    static Told of(List<Life> lives) {
        PublishedEvents.awaitEmptyOutbox();
        List<String> keys = lives.stream().map(Life::key).toList();
        Map<String, Integer> counts = new HashMap<>();
        TopicReader.mentioning(Topic.SUBSCRIPTIONS, keys).stream()
                .map(TopicReader::event)
                .map(SubscriptionEvent.class::cast)
                .forEach(event -> counts.merge(event.key(), event.sign(), Integer::sum));
        Map<String, String> tiers = new HashMap<>();
        TopicReader.mentioning(Topic.TIERS, keys).stream()
                .map(TopicReader::event)
                .map(TierEvent.class::cast)
                .forEach(event -> {
                    if (event instanceof TierPurchased) {
                        tiers.put(event.key(), event.tier().name().toLowerCase(Locale.ROOT));
                    } else {
                        tiers.remove(event.key());
                    }
                });
        return new Told(counts, tiers);
    }

    /** What a subscription adds to its creator's number of subscribers. */
    int count(String subscription) {
        return counts.getOrDefault(subscription, 0);
    }

    /** The tier that a person holds by a purchase; {@code none} when they hold none. */
    String tier(String person) {
        return tiers.getOrDefault(person, "none");
    }
}
