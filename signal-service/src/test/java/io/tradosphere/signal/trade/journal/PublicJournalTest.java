package io.tradosphere.signal.trade.journal;

import static io.tradosphere.signal.trade.TradeSteps.closed;
import static io.tradosphere.signal.trade.TradeSteps.entered;
import static io.tradosphere.signal.trade.TradeSteps.open;
import static io.tradosphere.signal.trade.TradeSteps.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.SettingsChanged;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class PublicJournalTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_public_journal_shows_numbers_to_everybody_but_neither_notes_nor_broker() {
        TestUser trader = KnownProfiles.of(Tier.FREE);
        Map<String, Object> trade = with(closed(), "notes", "a secret");
        trade.put("brokerName", "Binance");
        trade.put("brokerTradeId", "42");
        trade.put("tags", List.of("swing"));
        String id = entered(trader, trade);
        journal(trader).then().statusCode(404);

        isSet(trader, true, 10);

        await().atMost(SOON).until(() -> journal(trader).statusCode() == 200);
        journal(trader)
                .then()
                .body("items[0].id", equalTo(id))
                .body("items[0].netPnl", equalTo("20"))
                .body("items[0].tags", equalTo(List.of("swing")))
                .body("items[0]", not(hasKey("notes")))
                .body("items[0]", not(hasKey("brokerName")))
                .body("items[0]", not(hasKey("brokerTradeId")));
        trader.asking().get("/v1/trades/journal/{id}", trader.id()).then().statusCode(200);
    }

    @Test
    void a_journal_made_private_stays_private_despite_late_older_events() {
        TestUser trader = KnownProfiles.of(Tier.FREE);
        isSet(trader, true, 10);
        await().atMost(SOON).until(() -> journal(trader).statusCode() == 200);

        isSet(trader, false, 20);
        await().atMost(SOON).until(() -> journal(trader).statusCode() == 404);
        isSet(trader, true, 15);
        isSet(trader, true, 10);

        afterAllSettings();
        journal(trader).then().statusCode(404);
        trader.asking().get("/v1/trades/journal/{id}", trader.id()).then().statusCode(404);
    }

    @Test
    void a_public_journal_without_trades_is_empty_and_pages_go_on_where_the_last_ended() {
        TestUser trader = KnownProfiles.of(Tier.FREE);
        isSet(trader, true, 10);
        await().atMost(SOON).until(() -> journal(trader).statusCode() == 200);
        journal(trader).then().body("items", empty());
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(entered(trader, with(open(), "openedAt", "2026-03-01T10:00:00Z")));
        }
        Collections.reverse(all);

        List<String> seen = new ArrayList<>();
        Map<String, Object> query = new HashMap<>(Map.of("limit", 2));
        do {
            Response page = TestUser.nobody().queryParams(query).get("/v1/trades/journal/{id}", trader.id());
            seen.addAll(page.jsonPath().getList("items.id", String.class));
            query.put("cursor", page.path("nextCursor"));
        } while (query.get("cursor") != null);

        assertThat(seen).isEqualTo(all);
    }

    @Test
    void a_tombstone_of_settings_makes_the_journal_private() {
        TestUser trader = KnownProfiles.of(Tier.FREE);
        isSet(trader, true, 10);
        await().atMost(SOON).until(() -> journal(trader).statusCode() == 200);

        TopicReader.send(
                Topic.PROFILE_SETTINGS.topicName(),
                trader.id().toString(),
                null,
                Envelope.tombstone(
                                trader.id().toString(), UUID.randomUUID(), "/tradosphere/test", Instant.now(), 11, null)
                        .toHeaders());

        await().atMost(SOON).until(() -> journal(trader).statusCode() == 404);
        assertThat(Sql.asSuperuser().column("SELECT profile_id FROM journals WHERE profile_id = ?", trader.id()))
                .isEmpty();
    }

    @Test
    void an_erased_person_has_no_journal_however_late_its_event_arrives() {
        TestUser trader = KnownProfiles.of(Tier.FREE);
        long incarnation = KnownProfiles.incarnation(trader);
        entered(trader, closed());
        KnownProfiles.erase(trader, incarnation);
        await().atMost(SOON).until(() -> KnownProfiles.tablesThatMention(trader).isEmpty());

        TopicReader.publish(new SettingsChanged(trader.id(), incarnation, false, true), 99);

        afterAllSettings();
        journal(trader).then().statusCode(404);
        assertThat(KnownProfiles.tablesThatMention(trader)).isEmpty();
    }

    @Test
    void the_public_journal_of_a_new_incarnation_shows_nothing_of_the_earlier_one() {
        TestUser trader = KnownProfiles.of(Tier.FREE);
        long incarnation = KnownProfiles.incarnation(trader);
        entered(trader, closed());
        KnownProfiles.of(trader.id(), Tier.FREE, Instant.now());
        String fresh = entered(trader, open());

        TopicReader.publish(new SettingsChanged(trader.id(), KnownProfiles.incarnation(trader), false, true), 99);

        await().atMost(SOON).until(() -> journal(trader).statusCode() == 200);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM trades WHERE user_id = ? AND incarnation = ?",
                                trader.id(),
                                incarnation))
                .isOne();
        journal(trader).then().body("items.id", equalTo(List.of(fresh)));
    }

    @Test
    void the_journal_of_an_unknown_profile_is_not_found() {
        journal(TestUser.stranger()).then().statusCode(404);
        TestUser.nobody().get("/v1/trades/journal/nonsense").then().statusCode(404);
        TestUser.nobody()
                .get("/v1/trades/journal/" + UUID.randomUUID() + "?limit=0")
                .then()
                .statusCode(400);
    }

    private static Response journal(TestUser person) {
        return TestUser.nobody().get("/v1/trades/journal/{id}", person.id());
    }

    private static void isSet(TestUser person, boolean isPublic, long sequence) {
        TopicReader.publish(
                new SettingsChanged(person.id(), KnownProfiles.incarnation(person), false, isPublic), sequence);
    }

    /** Awaits a marker event in every partition, since partitions are read in order. */
    private static void afterAllSettings() {
        List<TestUser> witnesses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            TestUser witness = TestUser.stranger();
            TopicReader.publish(new SettingsChanged(witness.id(), 1, false, true), 1);
            witnesses.add(witness);
        }
        await().atMost(SOON)
                .until(() ->
                        witnesses.stream().allMatch(witness -> journal(witness).statusCode() == 200));
    }
}
