package io.tradosphere.competition.scoring;

import static io.tradosphere.competition.scoring.ScoringSteps.BY_PNL;
import static io.tradosphere.competition.scoring.ScoringSteps.about;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitRanked;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitScored;
import static io.tradosphere.competition.scoring.ScoringSteps.change;
import static io.tradosphere.competition.scoring.ScoringSteps.closeTrade;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
import static io.tradosphere.competition.scoring.ScoringSteps.join;
import static io.tradosphere.competition.scoring.ScoringSteps.joinEarly;
import static io.tradosphere.competition.scoring.ScoringSteps.participant;
import static io.tradosphere.competition.scoring.ScoringSteps.publish;
import static io.tradosphere.competition.scoring.ScoringSteps.state;
import static io.tradosphere.competition.scoring.ScoringSteps.trade;
import static io.tradosphere.competition.scoring.ScoringSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.competition.scoring.ScoringSteps.SequencedEvent;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
class TradeScoresTest {

    private static final String METRICS =
            "concat_ws(' ', trade_count, trim_scale(total_pnl), trim_scale(win_rate), trim_scale(max_drawdown))";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Instant opened = now.minus(5, ChronoUnit.HOURS);
    private final Instant closed = now.minus(4, ChronoUnit.HOURS);

    @Test
    void trades_that_are_closed_within_a_competition_make_its_participants_metrics() {
        UUID cup = competition();
        TestUser alice = participant(cup);

        publish(List.of(
                sequenced(new TradeOpened(trade(alice, null, opened, null, opened))),
                sequenced(new TradeClosed(trade(alice, "1000", opened, closed, closed))),
                sequenced(
                        new TradeClosed(trade(alice, "-2200.5", opened, closed.plusSeconds(1), closed.plusSeconds(1)))),
                sequenced(new TradeClosed(trade(alice, "0", opened, closed.plusSeconds(2), closed.plusSeconds(2))))));
        awaitScored();

        assertThat(about(cup, alice, METRICS)).isEqualTo("3 -1200.5 33.33 20.0045");
    }

    @Test
    void a_trade_counts_in_every_competition_its_trader_takes_part_in() {
        TestUser alice = trader();
        UUID one = competition();
        UUID other = competition();
        joinEarly(one, alice);
        joinEarly(other, alice);

        closeTrade(alice, "7");

        assertThat(about(one, alice, METRICS)).isEqualTo("1 7 100 0");
        assertThat(about(other, alice, METRICS)).isEqualTo("1 7 100 0");
    }

    @TestFactory
    Stream<DynamicTest> a_trade_does_not_count() {
        Instant beforeTheStart = now.minus(11, ChronoUnit.DAYS);
        Instant afterTheEnd = now.plus(2, ChronoUnit.DAYS);
        Instant beforeJoining = now.minus(228, ChronoUnit.HOURS);
        return Stream.of(
                refusal("opened before the start", 1, AssetType.CRYPTO, beforeTheStart, closed, closed),
                refusal(
                        "opened and closed before the start",
                        1,
                        AssetType.CRYPTO,
                        beforeTheStart,
                        beforeTheStart,
                        closed),
                refusal("closed after the end", 1, AssetType.CRYPTO, opened, afterTheEnd, now),
                refusal("closed in the future", 1, AssetType.CRYPTO, opened, now.plus(1, ChronoUnit.HOURS), now),
                refusal("closed before its trader joined", 1, AssetType.CRYPTO, beforeJoining, beforeJoining, closed),
                refusal(
                        "reported too long after its close",
                        1,
                        AssetType.CRYPTO,
                        opened,
                        closed,
                        closed.plusSeconds(901)),
                refusal("reported after the end", 1, AssetType.CRYPTO, opened, closed, afterTheEnd),
                refusal("of another life of its trader", 2, AssetType.CRYPTO, opened, closed, closed),
                refusal("in what the rules leave out", 1, AssetType.FOREX, opened, closed, closed),
                refusal("that was closed before it was opened", 1, AssetType.CRYPTO, closed, opened, closed));
    }

    private DynamicTest refusal(
            String what, long incarnation, AssetType type, Instant from, Instant to, Instant reported) {
        return DynamicTest.dynamicTest(what, () -> {
            UUID cup = competition("free_for_all", BY_PNL, "{\"lateEntry\":true,\"assetTypes\":[\"crypto\"]}");
            TestUser alice = participant(cup);

            publish(List.of(
                    sequenced(new TradeClosed(
                            state(UUID.randomUUID(), alice.id(), incarnation, type, "100", from, to, reported))),
                    sequenced(new TradeClosed(trade(alice, "1", opened, closed, closed.plusSeconds(900))))));
            awaitScored();

            assertThat(about(cup, alice, METRICS)).isEqualTo("1 1 100 0");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "132", "213", "231", "312", "321", "1122332211", "3331231"})
    void the_highest_sequence_of_a_trade_wins_in_any_order_and_with_repetitions(String order) {
        UUID cup = competition();
        TestUser alice = participant(cup);
        TradeState first = trade(alice, "100", opened, closed, closed);
        TradeState later =
                state(first.tradeId(), alice.id(), 1, AssetType.CRYPTO, "-40", opened, closed.plusSeconds(5), closed);
        List<SequencedEvent> corrected = List.of(
                sequenced(new TradeClosed(first)),
                sequenced(new TradeCorrected(first, closed.plusSeconds(10))),
                sequenced(new TradeCorrected(later, closed.plusSeconds(20))));
        TradeState gone = trade(alice, "5000", opened, closed, closed);
        List<SequencedEvent> deleted = List.of(
                sequenced(new TradeClosed(gone)),
                sequenced(new TradeCorrected(gone, closed.plusSeconds(30))),
                sequenced(new TradeDeleted(gone.tradeId(), alice.id(), 1, closed.plusSeconds(40))));

        for (char which : order.toCharArray()) {
            publish(List.of(corrected.get(which - '1'), deleted.get(which - '1')));
        }
        awaitScored();

        assertThat(about(cup, alice, METRICS)).isEqualTo("1 -40 0 0.4");
    }

    @Test
    void a_correction_may_take_a_trade_out_of_the_competition_and_back_in() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        UUID trade = UUID.randomUUID();
        Instant longAgo = now.minus(20, ChronoUnit.DAYS);

        publish(List.of(sequenced(
                new TradeClosed(state(trade, alice.id(), 1, AssetType.CRYPTO, "10", opened, closed, closed)))));
        publish(List.of(sequenced(new TradeCorrected(
                state(trade, alice.id(), 1, AssetType.CRYPTO, "10", longAgo, closed, closed), closed.plusSeconds(1)))));
        awaitScored();
        String out = about(cup, alice, METRICS);
        publish(List.of(sequenced(new TradeCorrected(
                state(trade, alice.id(), 1, AssetType.CRYPTO, "12", opened, closed, closed), closed.plusSeconds(2)))));
        awaitScored();

        assertThat(out).isEqualTo("0 0 0");
        assertThat(about(cup, alice, METRICS)).isEqualTo("1 12 100 0");
    }

    @Test
    void rejoining_resets_the_metrics() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        closeTrade(alice, "100");

        change(cup, alice, "status = 'withdrawn'");
        change(cup, alice, "status = 'active'");
        String anew = about(cup, alice, METRICS);
        Instant since = Instant.parse(
                about(cup, alice, "to_char(joined_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        publish(List.of(
                sequenced(new TradeClosed(trade(alice, "50", opened, since, since.plusMillis(1)))),
                sequenced(new TradeClosed(trade(alice, "3", opened, since.plusMillis(1), since.plusMillis(1))))));
        awaitScored();

        assertThat(anew).isEqualTo("0 0 0");
        assertThat(about(cup, alice, METRICS)).isEqualTo("1 3 100 0");
    }

    @Test
    void a_trade_closed_while_its_traders_join_is_being_committed_counts() throws SQLException {
        UUID cup = competition();
        TestUser alice = trader();
        try (OpenTransaction joining = OpenTransaction.of(
                "INSERT INTO competition_participants (competition_id, user_id) VALUES ($cup, $alice)",
                Map.of("cup", cup, "alice", alice))) {
            Instant justNow = Instant.now();
            publish(List.of(sequenced(new TradeClosed(trade(alice, "9", opened, justNow, justNow)))));
            joining.awaitSomebodyBehind();
            joining.commit();
        }
        awaitScored();

        assertThat(about(cup, alice, METRICS)).isEqualTo("1 9 100 0");
    }

    @Test
    void a_late_participant_scores_only_trades_closed_since_joining() {
        UUID cup = competition();
        TestUser alice = trader();
        join(cup, alice, null, closed);

        publish(List.of(
                sequenced(new TradeClosed(trade(alice, "50", opened, closed, closed))),
                sequenced(new TradeClosed(trade(alice, "-3", opened, closed.plusMillis(1), closed.plusMillis(1))))));
        awaitScored();

        assertThat(about(cup, alice, METRICS)).isEqualTo("1 -3 0 0.03");
    }

    @Test
    void a_trade_with_numbers_that_no_column_holds_is_parked_and_the_others_count() {
        UUID cup = competition();
        TestUser alice = participant(cup);

        publish(List.of(
                sequenced(new TradeClosed(trade(alice, "1e40", opened, closed, closed))),
                sequenced(new TradeClosed(trade(alice, "2", opened, closed, closed)))));
        awaitScored();

        assertThat(about(cup, alice, METRICS)).isEqualTo("1 2 100 0");
        assertThat(Sql.asSuperuser()
                        .number("SELECT count(*) FROM dead_letters WHERE letter_key LIKE ?", alice.id() + "%"))
                .isEqualTo(1);
    }

    @Test
    void an_event_of_a_competition_that_is_over_changes_nothing() {
        UUID cup = competition();
        TestUser alice = participant(cup);
        closeTrade(alice, "10");
        ScoringSteps.ends(cup);
        String before = about(cup, alice, METRICS + " || score || rank");

        publish(List.of(sequenced(new TradeClosed(trade(alice, "99")))));
        awaitScored();
        awaitRanked(cup);

        assertThat(about(cup, alice, METRICS + " || score || rank")).isEqualTo(before);
    }

    private static SequencedEvent sequenced(TradeEvent event) {
        return new SequencedEvent(event, ScoringSteps.nextSequence());
    }
}
