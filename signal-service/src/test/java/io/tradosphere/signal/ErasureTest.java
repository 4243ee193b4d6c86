package io.tradosphere.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.erasure.BatchedErasure;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String CALL = """
            INSERT INTO signals (id, creator_id, incarnation, asset_symbol, asset_type, direction, rationale)
            VALUES ($signal, $person, $incarnation, 'BTC/USD', 'crypto', 'LONG', 'because');
            """;
    private static final String TRADE = """
            INSERT INTO trades (id, user_id, incarnation, asset, asset_type, direction, entry_price, size, opened_at)
            VALUES ($trade, $person, $incarnation, 'BTC/USD', 'crypto', 'LONG', 100, 1, now());
            """;

    @Inject
    SliceDatabase slice;

    @Inject
    BatchedErasure erasure;

    @Test
    void the_service_is_up_and_the_replica_is_current() {
        TestUser alice = KnownProfiles.of(Tier.GROW);

        assertThat(ErasureSteps.isUp()).isTrue();
        assertThat(KnownProfiles.incarnation(alice)).isPositive();
    }

    @Test
    void an_erased_person_is_in_no_table_and_counters_of_others_are_lowered() {
        TestUser alice = KnownProfiles.of(Tier.GROW);
        TestUser bob = KnownProfiles.of(Tier.GROW);
        UUID herSignal = insertSignal(alice);
        UUID hisSignal = insertSignal(bob);
        UUID trade = trade(alice);
        Sql.asSuperuser().script("""
                INSERT INTO signal_engagement (signal_id, user_id, reaction_type)
                VALUES ($hers, $bob, 'fire'), ($his, $alice, 'rocket'), ($his, $bob, 'like');
                INSERT INTO signal_comments (signal_id, author_id, content)
                VALUES ($hers, $bob, 'nice'), ($his, $alice, 'nice'), ($his, $bob, 'thanks');
                INSERT INTO signal_views (signal_id, bucket_at, views) VALUES ($hers, now(), 3), ($his, now(), 4);
                INSERT INTO journals (profile_id, is_public, incarnation, sequence) VALUES ($alice, true, $incarnation, 1);
                """, names(alice, bob, Map.of("hers", herSignal, "his", hisSignal)));

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
        assertThat(Sql.asSuperuser().column("SELECT user_id FROM signal_engagement WHERE signal_id = ?", hisSignal))
                .containsExactly(bob.id());
        assertThat(Sql.asSuperuser().column("SELECT author_id FROM signal_comments WHERE signal_id = ?", hisSignal))
                .containsExactly(bob.id());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ErasureSteps.told(Topic.SIGNALS, alice.id(), SignalDeleted.class))
                        .extracting(SignalDeleted::signalId)
                        .containsExactly(herSignal));
        assertThat(ErasureSteps.told(Topic.ENGAGEMENT, hisSignal, ReactionRemoved.class))
                .extracting(ReactionRemoved::userId, ReactionRemoved::reaction, ReactionRemoved::creatorId)
                .containsExactly(tuple(alice.id(), Reaction.ROCKET, bob.id()));
        assertThat(ErasureSteps.told(Topic.ENGAGEMENT, hisSignal, CommentRemoved.class))
                .extracting(CommentRemoved::authorId)
                .containsExactly(alice.id());
        assertThat(ErasureSteps.told(Topic.TRADES, alice.id(), TradeDeleted.class))
                .extracting(TradeDeleted::tradeId)
                .containsExactly(trade);
    }

    @Test
    void a_watchlist_handed_over_during_erasure_is_passed_on() throws SQLException {
        TestUser owner = KnownProfiles.of(Tier.FREE);
        TestUser successor = KnownProfiles.of(Tier.FREE);
        UUID list = UUID.randomUUID();
        Map<String, Object> names = Map.of("owner", owner, "successor", successor, "list", list);
        Sql.asSuperuser().script("""
                INSERT INTO watchlists (id, name, created_by) VALUES ($list, 'shared', $owner);
                INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES ($list, $successor, 'viewer')
                """, names);

        try (OpenTransaction handingOver = OpenTransaction.of("""
                UPDATE watchlist_members SET role = CASE user_id WHEN $successor THEN 'owner' ELSE 'editor' END
                WHERE watchlist_id = $list
                """, names)) {
            KnownProfiles.erase(successor, KnownProfiles.incarnation(successor));
            handingOver.awaitSomebodyBehind();
            handingOver.commit();
        }

        awaitErased(successor);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT user_id FROM watchlist_members WHERE watchlist_id = ? AND role = 'owner'",
                                list))
                .containsExactly(owner.id());
    }

    @Test
    void a_shared_watchlist_passes_to_its_editor_and_one_without_other_members_is_deleted() {
        TestUser alice = KnownProfiles.of(Tier.FREE);
        TestUser viewer = KnownProfiles.of(Tier.FREE);
        TestUser editor = KnownProfiles.of(Tier.FREE);
        Map<String, Object> names = new HashMap<>(names(alice, editor, Map.of("viewer", viewer)));
        List.of("alone", "shared", "others").forEach(list -> names.put(list, UUID.randomUUID()));
        Sql.asSuperuser().script("""
                INSERT INTO watchlists (id, name, created_by)
                VALUES ($alone, 'alone', $alice), ($shared, 'shared', $alice), ($others, 'others', $viewer);
                INSERT INTO watchlist_members (watchlist_id, user_id, role)
                VALUES ($shared, $viewer, 'viewer'), ($shared, $bob, 'editor'), ($others, $alice, 'editor');
                INSERT INTO watchlist_assets (watchlist_id, symbol, added_by)
                VALUES ($alone, 'SPY', $alice), ($shared, 'SPY', $alice), ($shared, 'QQQ', $bob), ($others, 'SPY', $alice);
                """, names);

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT name FROM watchlists WHERE id IN (?, ?, ?) ORDER BY name",
                                names.get("alone"),
                                names.get("shared"),
                                names.get("others")))
                .containsExactly("others", "shared");
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT user_id FROM watchlist_members WHERE watchlist_id = ? AND role = 'owner'",
                                names.get("shared")))
                .containsExactly(editor.id());
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT added_by FROM watchlist_assets WHERE watchlist_id = ? ORDER BY symbol",
                                names.get("shared")))
                .containsExactly(editor.id(), null);
    }

    @Test
    void feeds_of_others_lose_the_person_and_creators_a_follower() {
        TestUser alice = KnownProfiles.of(Tier.GROW);
        TestUser bob = KnownProfiles.of(Tier.GROW);
        Sql.asSuperuser().script("""
                INSERT INTO creators (id, follower_count) VALUES ($alice, 1), ($bob, 5);
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                VALUES ($alice, $bob, true, $incarnation, 1, 1), ($bob, $alice, true, 1, $incarnation, 1),
                  ($gone, $alice, false, 1, $incarnation, 1), ($gone, $bob, true, 1, 1, 1);
                INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                VALUES ($alice, $gone, $incarnation, 1, true, 1), ($gone, $alice, 1, $incarnation, true, 1);
                INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
                VALUES ($bob, now(), gen_random_uuid(), $alice), ($gone, now(), gen_random_uuid(), $alice),
                  ($alice, now(), gen_random_uuid(), $bob), ($gone, now(), gen_random_uuid(), $bob);
                """, names(alice, bob, Map.of("gone", UUID.randomUUID())));

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
        assertThat(Sql.asSuperuser().number("SELECT follower_count FROM creators WHERE id = ?", bob.id()))
                .isEqualTo(4);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM timeline WHERE creator_id = ?", bob.id()))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM follows WHERE following_id = ?", bob.id()))
                .isEqualTo(1);
    }

    @Test
    void a_later_incarnation_keeps_its_own_rows() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        TestUser alice = KnownProfiles.of(UUID.randomUUID(), Tier.GROW, born);
        TestUser bob = KnownProfiles.of(Tier.GROW);
        long before = KnownProfiles.incarnation(born.minus(10, ChronoUnit.DAYS));
        UUID past = insertSignal(alice, before);
        UUID present = insertSignal(alice);
        UUID hisSignal = insertSignal(bob);
        Sql.asSuperuser().script("""
                INSERT INTO signal_comments (signal_id, author_id, content, created_at)
                VALUES ($his, $alice, 'past', now() - interval '5 days'), ($his, $alice, 'present', now());
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                VALUES ($alice, $bob, true, $incarnation, 1, 2), ($bob, $alice, true, 1, $before, 1);
                """, names(alice, bob, Map.of("his", hisSignal, "before", before)));

        KnownProfiles.erase(alice, before);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                Sql.asSuperuser().column("SELECT id FROM signals WHERE creator_id = ?", alice.id()))
                        .containsExactly(present));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column(
                                        "SELECT follower_id FROM follows WHERE ? IN (follower_id, following_id)",
                                        alice.id()))
                        .containsExactly(alice.id()));
        assertThat(Sql.asSuperuser().column("SELECT content FROM signal_comments WHERE author_id = ?", alice.id()))
                .containsExactly("present");
        assertThat(KnownProfiles.incarnation(alice)).isEqualTo(KnownProfiles.incarnation(born));
        assertThat(past).isNotEqualTo(present);
    }

    @Test
    void much_data_is_erased_in_bounded_batches() {
        TestUser alice = KnownProfiles.of(Tier.GROW);
        Sql.asSuperuser().script("""
                INSERT INTO trades (user_id, incarnation, asset, asset_type, direction, entry_price, size, opened_at)
                SELECT $person, $incarnation, 'SPY', 'stocks', 'LONG', 100, 1, now() FROM generate_series(1, 2500)
                """, Map.of("person", alice, "incarnation", KnownProfiles.incarnation(alice)));

        Boolean more = slice.asWorker(tx -> erasure.eraseBatch(tx, alice.id(), KnownProfiles.incarnation(alice)))
                .await()
                .atMost(SOON);

        assertThat(more).isTrue();
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM trades WHERE user_id = ?", alice.id()))
                .isBetween(500L, 2_400L);
        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));
        awaitErased(alice);
    }

    private static void awaitErased(TestUser person) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(person)).isEmpty());
    }

    private static UUID insertSignal(TestUser person) {
        return insertSignal(person, KnownProfiles.incarnation(person));
    }

    private static UUID insertSignal(TestUser person, long incarnation) {
        UUID signal = UUID.randomUUID();
        Sql.asSuperuser().script(CALL, Map.of("signal", signal, "person", person, "incarnation", incarnation));
        return signal;
    }

    private static UUID trade(TestUser person) {
        UUID trade = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        TRADE,
                        Map.of("trade", trade, "person", person, "incarnation", KnownProfiles.incarnation(person)));
        return trade;
    }

    private static Map<String, Object> names(TestUser alice, TestUser bob, Map<String, ?> more) {
        Map<String, Object> names = new HashMap<>(more);
        names.put("alice", alice);
        names.put("bob", bob);
        names.put("incarnation", KnownProfiles.incarnation(alice));
        return names;
    }
}
