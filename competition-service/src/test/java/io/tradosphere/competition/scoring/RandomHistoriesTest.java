package io.tradosphere.competition.scoring;

import static io.tradosphere.competition.scoring.ScoringSteps.awaitRanked;
import static io.tradosphere.competition.scoring.ScoringSteps.awaitScored;
import static io.tradosphere.competition.scoring.ScoringSteps.competition;
import static io.tradosphere.competition.scoring.ScoringSteps.join;
import static io.tradosphere.competition.scoring.ScoringSteps.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.competition.scoring.RandomHistory.Expected;
import io.tradosphere.competition.scoring.ScoringSteps.SequencedEvent;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares random trade histories, delivered out of order and repeatedly, with a plain reference computation. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RandomHistoriesTest {

    private static final int HISTORIES = 50;
    private static final int PEOPLE = 6;
    private static final String RULES = "{\"lateEntry\":true,\"startingEquity\":\"5000\",\"maxReportDelay\":\"PT15M\"}";
    private static final String WEIGHTS = "{\"totalPnl\":0.4,\"winRate\":0.3,\"sharpeRatio\":0.2,\"maxDrawdown\":0.1}";
    private static final String ROWS = """
            SELECT concat_ws(' ', user_id, trade_count, trim_scale(total_pnl), CASE WHEN trade_count > 0 THEN win_rate ELSE -1 END,
              coalesce(sharpe_ratio::text, 'null'), coalesce(max_drawdown::text, 'null'), trim_scale(score), rank)
            FROM competition_participants WHERE competition_id = ?
            """;
    private static final String EVERYTHING = """
            SELECT concat_ws(' ', 'p', p.id, p.xmin) FROM competition_participants p WHERE competition_id = ?1
            UNION ALL SELECT concat_ws(' ', 't', t.competition_id, t.trade_id, t.xmin) FROM scored_trades t WHERE competition_id = ?1
            ORDER BY 1
            """.replace("?1", "'%s'");

    @Test
    void a_leaderboard_is_independent_of_event_order_and_a_replay_changes_nothing() {
        Random random = new Random(20_261_125);
        List<UUID> cups = new ArrayList<>();
        List<RandomHistory> histories = new ArrayList<>();
        for (int i = 0; i < HISTORIES; i++) {
            UUID cup = competition("free_for_all", WEIGHTS, RULES);
            Instant joined = Instant.now().minus(9, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
            List<TestUser> people =
                    Stream.generate(ScoringSteps::trader).limit(PEOPLE).toList();
            people.forEach(person -> join(cup, person, null, joined));
            cups.add(cup);
            histories.add(
                    new RandomHistory(random, people, instant(cup, "starts_at"), instant(cup, "ends_at"), joined));
        }
        List<SequencedEvent> deliveries = new ArrayList<>();
        histories.forEach(history -> deliveries.addAll(history.events()));
        List<SequencedEvent> again = new ArrayList<>(deliveries);
        deliveries.addAll(deliveries.subList(0, deliveries.size() / 4));
        Collections.shuffle(deliveries, random);

        publish(deliveries);
        awaitScored();
        cups.forEach(ScoringSteps::awaitRanked);

        for (int i = 0; i < HISTORIES; i++) {
            assertMatches(cups.get(i), histories.get(i).expected());
        }
        List<List<Object>> before =
                cups.stream().map(RandomHistoriesTest::everything).toList();

        publish(again);
        awaitScored();

        assertThat(cups.stream().map(RandomHistoriesTest::everything).toList()).isEqualTo(before);
        cups.forEach(cup -> awaitRanked(cup));
    }

    private static Instant instant(UUID cup, String column) {
        return Instant.parse(Sql.asSuperuser()
                .column(
                        "SELECT to_char(" + column
                                + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM competitions WHERE id = ?",
                        cup)
                .get(0)
                .toString());
    }

    private static List<Object> everything(UUID cup) {
        return Sql.asSuperuser().column(EVERYTHING.formatted(cup, cup));
    }

    private static void assertMatches(UUID cup, Map<UUID, Expected> expected) {
        List<Row> rows = Sql.asSuperuser().column(ROWS, cup).stream()
                .map(line -> Row.of(line.toString().split(" ")))
                .toList();
        assertThat(rows).hasSize(PEOPLE);
        for (Row row : rows) {
            Expected expectedMetrics = expected.get(row.user());
            assertThat(row.trades()).as("trades of " + row).isEqualTo(expectedMetrics.trades());
            assertThat(row.pnl()).isEqualByComparingTo(expectedMetrics.pnl());
            assertClose(
                    row.winRate(),
                    expectedMetrics.trades() == 0 ? Double.valueOf(-1) : expectedMetrics.winRate(),
                    0.0051);
            assertClose(row.sharpe(), expectedMetrics.sharpe(), 1e-4);
            assertClose(row.drawdown(), expectedMetrics.drawdown(), 1e-4);
            assertThat(row.score()).as("score of " + row).isEqualByComparingTo(score(row, rows));
            assertThat(row.rank())
                    .isEqualTo(1
                            + rows.stream()
                                    .filter(other -> other.score().compareTo(row.score()) > 0)
                                    .count());
        }
    }

    private static void assertClose(BigDecimal found, Double expectedMetrics, double tolerance) {
        if (expectedMetrics == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found.doubleValue()).isCloseTo(expectedMetrics, offset(tolerance));
        }
    }

    /** Computes the score from the stored metrics by pairwise comparison. */
    private static BigDecimal score(Row row, List<Row> all) {
        return percentile(row, all, Row::pnl, "0.4")
                .add(percentile(row, all, one -> one.trades() == 0 ? null : one.winRate(), "0.3"))
                .add(percentile(row, all, Row::sharpe, "0.2"))
                .add(percentile(
                        row,
                        all,
                        one -> one.drawdown() == null ? null : one.drawdown().negate(),
                        "0.1"))
                .setScale(8, RoundingMode.HALF_UP);
    }

    private static BigDecimal percentile(Row row, List<Row> all, Function<Row, BigDecimal> metric, String weight) {
        BigDecimal own = metric.apply(row);
        if (own == null) {
            return BigDecimal.ZERO;
        }
        List<BigDecimal> others = all.stream()
                .filter(other -> other != row)
                .map(metric)
                .filter(value -> value != null)
                .toList();
        long beaten = others.stream().filter(other -> other.compareTo(own) < 0).count();
        return others.isEmpty()
                ? new BigDecimal(weight)
                : new BigDecimal(weight)
                        .multiply(BigDecimal.valueOf(beaten))
                        .divide(BigDecimal.valueOf(others.size()), 20, RoundingMode.HALF_UP);
    }

    private record Row(
            UUID user,
            long trades,
            BigDecimal pnl,
            BigDecimal winRate,
            BigDecimal sharpe,
            BigDecimal drawdown,
            BigDecimal score,
            long rank) {

        static Row of(String[] part) {
            return new Row(
                    UUID.fromString(part[0]),
                    Long.parseLong(part[1]),
                    new BigDecimal(part[2]),
                    new BigDecimal(part[3]),
                    number(part[4]),
                    number(part[5]),
                    new BigDecimal(part[6]),
                    Long.parseLong(part[7]));
        }

        private static BigDecimal number(String text) {
            return text.equals("null") ? null : new BigDecimal(text);
        }
    }
}
