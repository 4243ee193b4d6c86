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
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.people.Forgetting;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.ForgettingSteps;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
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
            VALUES ($signal, $person, $life, 'BTC/USD', 'crypto', 'LONG', 'because');
            """;
    private static final String TRADE = """
            INSERT INTO trades (id, user_id, incarnation, asset, asset_type, direction, entry_price, size, opened_at)
            VALUES ($trade, $person, $life, 'BTC/USD', 'crypto', 'LONG', 100, 1, now());
            """;

    @Inject
    Slice slice;

    @Inject
    Forgetting forgetting;

    @Test
    void the_service_is_up_and_knows_whom_it_was_told_of() {
        Person alice = Acquaintance.of(Tier.GROW);

        assertThat(ForgettingSteps.isUp()).isTrue();
        assertThat(Acquaintance.incarnation(alice)).isPositive();
    }

    @Test
    void whoever_is_erased_is_in_no_table_and_what_counted_for_others_is_taken_back() {
        Person alice = Acquaintance.of(Tier.GROW);
        Person bob = Acquaintance.of(Tier.GROW);
        UUID herCall = call(alice);
        UUID hisCall = call(bob);
        UUID trade = trade(alice);
        Sql.asSuperuser().script("""
                INSERT INTO signal_engagement (signal_id, user_id, reaction_type)
                VALUES ($hers, $bob, 'fire'), ($his, $alice, 'rocket'), ($his, $bob, 'like');
                INSERT INTO signal_comments (signal_id, author_id, content)
                VALUES ($hers, $bob, 'nice'), ($his, $alice, 'nice'), ($his, $bob, 'thanks');
                INSERT INTO signal_views (signal_id, bucket_at, views) VALUES ($hers, now(), 3), ($his, now(), 4);
                INSERT INTO journals (profile_id, is_public, incarnation, sequence) VALUES ($alice, true, $life, 1);
                """, names(alice, bob, Map.of("hers", herCall, "his", hisCall)));

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
        assertThat(Sql.asSuperuser().column("SELECT user_id FROM signal_engagement WHERE signal_id = ?", hisCall))
                .containsExactly(bob.id());
        assertThat(Sql.asSuperuser().column("SELECT author_id FROM signal_comments WHERE signal_id = ?", hisCall))
                .containsExactly(bob.id());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ForgettingSteps.told(Topic.SIGNALS, alice.id(), SignalDeleted.class))
                        .extracting(SignalDeleted::signalId)
                        .containsExactly(herCall));
        assertThat(ForgettingSteps.told(Topic.ENGAGEMENT, hisCall, ReactionRemoved.class))
                .extracting(ReactionRemoved::userId, ReactionRemoved::reaction, ReactionRemoved::creatorId)
                .containsExactly(tuple(alice.id(), Reaction.ROCKET, bob.id()));
        assertThat(ForgettingSteps.told(Topic.ENGAGEMENT, hisCall, CommentRemoved.class))
                .extracting(CommentRemoved::authorId)
                .containsExactly(alice.id());
        assertThat(ForgettingSteps.told(Topic.TRADES, alice.id(), TradeDeleted.class))
                .extracting(TradeDeleted::tradeId)
                .containsExactly(trade);
    }

    @Test
    void who_is_handed_a_watchlist_while_being_erased_passes_it_on() throws SQLException {
        Person owner = Acquaintance.of(Tier.FREE);
        Person heir = Acquaintance.of(Tier.FREE);
        UUID list = UUID.randomUUID();
        Map<String, Object> names = Map.of("owner", owner, "heir", heir, "list", list);
        Sql.asSuperuser().script("""
                INSERT INTO watchlists (id, name, created_by) VALUES ($list, 'shared', $owner);
                INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES ($list, $heir, 'viewer')
                """, names);

        try (OpenTransaction handingOver = OpenTransaction.of("""
                UPDATE watchlist_members SET role = CASE user_id WHEN $heir THEN 'owner' ELSE 'editor' END
                WHERE watchlist_id = $list
                """, names)) {
            Acquaintance.erase(heir, Acquaintance.incarnation(heir));
            handingOver.awaitSomebodyBehind();
            handingOver.commit();
        }

        awaitForgotten(heir);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT user_id FROM watchlist_members WHERE watchlist_id = ? AND role = 'owner'",
                                list))
                .containsExactly(owner.id());
    }

    @Test
    void a_shared_watchlist_passes_to_its_editor_and_one_of_nobody_else_goes() {
        Person alice = Acquaintance.of(Tier.FREE);
        Person viewer = Acquaintance.of(Tier.FREE);
        Person editor = Acquaintance.of(Tier.FREE);
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

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
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
        Person alice = Acquaintance.of(Tier.GROW);
        Person bob = Acquaintance.of(Tier.GROW);
        Sql.asSuperuser().script("""
                INSERT INTO creators (id, follower_count) VALUES ($alice, 1), ($bob, 5);
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                VALUES ($alice, $bob, true, $life, 1, 1), ($bob, $alice, true, 1, $life, 1),
                  ($gone, $alice, false, 1, $life, 1), ($gone, $bob, true, 1, 1, 1);
                INSERT INTO blocks (blocker_id, blocked_id, blocker_incarnation, blocked_incarnation, is_blocking, sequence)
                VALUES ($alice, $gone, $life, 1, true, 1), ($gone, $alice, 1, $life, true, 1);
                INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
                VALUES ($bob, now(), gen_random_uuid(), $alice), ($gone, now(), gen_random_uuid(), $alice),
                  ($alice, now(), gen_random_uuid(), $bob), ($gone, now(), gen_random_uuid(), $bob);
                """, names(alice, bob, Map.of("gone", UUID.randomUUID())));

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
        assertThat(Sql.asSuperuser().number("SELECT follower_count FROM creators WHERE id = ?", bob.id()))
                .isEqualTo(4);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM timeline WHERE creator_id = ?", bob.id()))
                .isEqualTo(1);
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM follows WHERE following_id = ?", bob.id()))
                .isEqualTo(1);
    }

    @Test
    void who_has_come_back_keeps_what_the_present_life_has_made() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        Person alice = Acquaintance.of(UUID.randomUUID(), Tier.GROW, born);
        Person bob = Acquaintance.of(Tier.GROW);
        long before = Acquaintance.incarnation(born.minus(10, ChronoUnit.DAYS));
        UUID past = call(alice, before);
        UUID present = call(alice);
        UUID hisCall = call(bob);
        Sql.asSuperuser().script("""
                INSERT INTO signal_comments (signal_id, author_id, content, created_at)
                VALUES ($his, $alice, 'past', now() - interval '5 days'), ($his, $alice, 'present', now());
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                VALUES ($alice, $bob, true, $life, 1, 2), ($bob, $alice, true, 1, $before, 1);
                """, names(alice, bob, Map.of("his", hisCall, "before", before)));

        Acquaintance.erase(alice, before);

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
        assertThat(Acquaintance.incarnation(alice)).isEqualTo(Acquaintance.incarnation(born));
        assertThat(past).isNotEqualTo(present);
    }

    @Test
    void much_is_forgotten_in_bounded_parts() {
        Person alice = Acquaintance.of(Tier.GROW);
        Sql.asSuperuser().script("""
                INSERT INTO trades (user_id, incarnation, asset, asset_type, direction, entry_price, size, opened_at)
                SELECT $person, $life, 'SPY', 'stocks', 'LONG', 100, 1, now() FROM generate_series(1, 2500)
                """, Map.of("person", alice, "life", Acquaintance.incarnation(alice)));

        Boolean more = slice.work(tx -> forgetting.forgetSome(tx, alice.id(), Acquaintance.incarnation(alice)))
                .await()
                .atMost(SOON);

        assertThat(more).isTrue();
        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM trades WHERE user_id = ?", alice.id()))
                .isBetween(500L, 2_400L);
        Acquaintance.erase(alice, Acquaintance.incarnation(alice));
        awaitForgotten(alice);
    }

    private static void awaitForgotten(Person person) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(person)).isEmpty());
    }

    private static UUID call(Person person) {
        return call(person, Acquaintance.incarnation(person));
    }

    private static UUID call(Person person, long life) {
        UUID signal = UUID.randomUUID();
        Sql.asSuperuser().script(CALL, Map.of("signal", signal, "person", person, "life", life));
        return signal;
    }

    private static UUID trade(Person person) {
        UUID trade = UUID.randomUUID();
        Sql.asSuperuser()
                .script(TRADE, Map.of("trade", trade, "person", person, "life", Acquaintance.incarnation(person)));
        return trade;
    }

    private static Map<String, Object> names(Person alice, Person bob, Map<String, ?> more) {
        Map<String, Object> names = new HashMap<>(more);
        names.put("alice", alice);
        names.put("bob", bob);
        names.put("life", Acquaintance.incarnation(alice));
        return names;
    }
}
