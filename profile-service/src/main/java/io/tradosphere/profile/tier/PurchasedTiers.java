package io.tradosphere.profile.tier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.billing.TierEvent;
import io.tradosphere.contracts.billing.TierPurchased;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.TransactionalConsumer;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An event consumer that keeps the tier that a person pays for. An event of an earlier incarnation changes nothing. */
@ApplicationScoped
class PurchasedTiers implements TransactionalConsumer<TierEvent>, Reconciled {

    private static final String PURPOSE = "purchased-tiers";

    private static final String PURCHASE =
            "UPDATE profile_tiers SET purchased_tier = $2, sequence = $3 WHERE profile_id = $1";

    private static final String ROWS = """
            SELECT t.profile_id::text AS key,
              jsonb_build_object('incarnation', p.incarnation, 'tier', t.purchased_tier) AS state,
              t.sequence::text AS mark, t.sequence
            FROM profile_tiers t JOIN profiles p ON p.id = t.profile_id
            WHERE t.purchased_tier <> 'free' AND {t.profile_id}
            """;
    private static final String FORGET =
            "UPDATE profile_tiers SET sequence = 0 WHERE profile_id::text = ANY ($1::text[])";

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.TIERS);
    }

    @Override
    public Dedup dedup() {
        return Dedup.SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<TierEvent> batch) {
        Map<UUID, Delivery<TierEvent>> latest = batch.latestEventPerKey().stream()
                .collect(Collectors.toMap(delivery -> delivery.event().profileId(), Function.identity()));
        return latest.isEmpty()
                ? Uni.createFrom().voidItem()
                : EffectiveTier.lock(tx, latest.keySet().toArray(UUID[]::new))
                        .chain(people -> Multi.createFrom()
                                .iterable(people)
                                .onItem()
                                .transformToUniAndConcatenate(person -> apply(tx, person, latest.get(person.profile())))
                                .collect()
                                .asList())
                        .replaceWithVoid();
    }

    private static Uni<Void> apply(Tx tx, EffectiveTier person, Delivery<TierEvent> delivery) {
        TierEvent event = delivery.event();
        if (event.incarnation() != person.incarnation() || delivery.sequence() <= person.purchaseSequence()) {
            return Uni.createFrom().voidItem();
        }
        Tier tier = event instanceof TierPurchased ? event.tier() : Tier.FREE;
        return tx.execute(PURCHASE, person.profile(), EnumText.of(tier), delivery.sequence())
                .chain(() -> person.become(tx, person.granted(), tier));
    }

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new ReplicaCopy(
                "profile_tiers",
                Set.of("profile_tiers.purchased_tier", "profile_tiers.sequence"),
                "billing",
                "tiers",
                Topic.TIERS,
                PURPOSE,
                ROWS,
                new ReplicaRepair.Republish(FORGET)));
    }
}
