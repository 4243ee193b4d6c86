package io.tradosphere.signal.graph;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.BlockEvent;
import io.tradosphere.contracts.social.Blocked;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Who blocks whom. The last word on each pair counts; a block also ends what follows there were before it, either way. */
@ApplicationScoped
class BlockCopy implements Effect<BlockEvent> {

    private static final String COPY = """
            WITH told AS (
              SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::boolean[], $6::bigint[])
                AS event (one, other, one_incarnation, other_incarnation, active, sequence)
            ), %s, ended_lives AS (
              UPDATE blocks known SET
                is_blocking = false, blocker_incarnation = lives.one_incarnation, blocked_incarnation = lives.other_incarnation,
                sequence = lives.sequence
              FROM lives
              WHERE lives.past AND known.blocker_id = lives.one AND known.blocked_id = lives.other
                AND known.sequence < lives.sequence
            )
            INSERT INTO blocks AS known (blocker_id, blocked_id, is_blocking, blocker_incarnation, blocked_incarnation, sequence)
            SELECT one, other, active, one_incarnation, other_incarnation, sequence FROM lives WHERE NOT past
            ORDER BY one, other
            ON CONFLICT (blocker_id, blocked_id) DO UPDATE SET
              is_blocking = EXCLUDED.is_blocking, blocker_incarnation = EXCLUDED.blocker_incarnation,
              blocked_incarnation = EXCLUDED.blocked_incarnation, sequence = EXCLUDED.sequence
            WHERE known.sequence < EXCLUDED.sequence
            """.formatted(Pairs.LIVES);

    /**
     * Both topics are numbered by the same slice: a follow with a higher number than the block's came after the block was lifted. The
     * pair keeps its number, so that the unfollow, which may take its time, is not new to it and counts nothing.
     */
    private static final String END_FOLLOWS = """
            WITH blocks AS (
              SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS block (one, other, sequence)
            ), parted AS MATERIALIZED (
              SELECT f.follower_id, f.following_id FROM follows f
              JOIN (SELECT one, other, sequence FROM blocks UNION SELECT other, one, sequence FROM blocks) AS pair
                ON f.follower_id = pair.one AND f.following_id = pair.other AND f.sequence < pair.sequence
              WHERE f.is_following ORDER BY f.follower_id, f.following_id FOR UPDATE OF f
            ), ended AS (
              UPDATE follows f SET is_following = false, merged_until = 'infinity',
                has_leftovers = f.has_leftovers OR f.merged_until < 'infinity'
              FROM parted WHERE f.follower_id = parted.follower_id AND f.following_id = parted.following_id
              RETURNING f.following_id
            )
            UPDATE creators c SET follower_count = greatest(c.follower_count - ended.follows, 0), settled = false
            FROM (SELECT following_id, count(*) AS follows FROM ended GROUP BY following_id) AS ended
            WHERE c.id = ended.following_id
            """;

    @Override
    public String purpose() {
        return "blocks";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.BLOCKS);
    }

    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<BlockEvent> batch) {
        List<Delivery<BlockEvent>> told = batch.latestEventPerKey();
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Delivery<BlockEvent>> begun = told.stream()
                .filter(delivery -> delivery.event() instanceof Blocked)
                .toList();
        UUID[] apart = begun.stream()
                .flatMap(delivery ->
                        Stream.of(delivery.event().blockerId(), delivery.event().blockedId()))
                .toArray(UUID[]::new);
        return Pairs.lockCreators(tx, apart)
                .chain(() -> tx.execute(
                        COPY,
                        column(told, BlockEvent::blockerId, UUID[]::new),
                        column(told, BlockEvent::blockedId, UUID[]::new),
                        column(told, BlockEvent::blockerIncarnation, Long[]::new),
                        column(told, BlockEvent::blockedIncarnation, Long[]::new),
                        column(told, event -> event instanceof Blocked, Boolean[]::new),
                        sequences(told)))
                .chain(() -> tx.execute(
                        END_FOLLOWS,
                        column(begun, BlockEvent::blockerId, UUID[]::new),
                        column(begun, BlockEvent::blockedId, UUID[]::new),
                        sequences(begun)))
                .replaceWithVoid();
    }
}
