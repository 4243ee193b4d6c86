package io.tradosphere.competition.security;

import static io.tradosphere.competition.ContestSteps.announced;
import static io.tradosphere.competition.ContestSteps.awaitStealth;
import static io.tradosphere.competition.ContestSteps.cup;
import static io.tradosphere.competition.ContestSteps.gladiator;
import static io.tradosphere.competition.ContestSteps.join;
import static io.tradosphere.competition.ContestSteps.participant;
import static io.tradosphere.competition.ContestSteps.setStealth;
import static io.tradosphere.competition.ContestSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session as one of the service's roles can do to the data when nothing but the database stands in its way. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RowSecurityTest {

    private static final String NOT_PERMITTED = "42501";
    private static final String CHECK = "23514";
    private static final String DISQUALIFY = """
            UPDATE competition_participants SET status = 'disqualified', disqualification_reason = 'because'
            WHERE competition_id = ? AND user_id = ?
            """;

    private Person creator;
    private Person me;
    private Person other;
    private UUID cup;

    @BeforeEach
    void two_take_part_in_a_cup() {
        creator = gladiator();
        me = trader();
        other = trader();
        cup = announced(creator, cup());
        join(me, cup).then().statusCode(201);
        join(other, cup).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score = 99",
                "rank = 1",
                "public_rank = 1",
                "total_pnl = 99",
                "win_rate = 100",
                "sharpe_ratio = 9",
                "max_drawdown = 0",
                "trade_count = 9",
                "hidden = true",
                "joined_at = '2020-01-01'",
                "user_id = NULL",
                "incarnation = 1",
                "clan_id = NULL",
                "competition_id = uuidv7()",
                "id = uuidv7()"
            })
    void neither_a_participant_nor_the_creator_nor_an_admin_writes_what_is_measured(String change) {
        String update = "UPDATE competition_participants SET " + change + " WHERE competition_id = '" + cup + "'";

        assertThat(claiming(me).refusal(update)).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(creator).refusal(update)).isEqualTo(NOT_PERMITTED);
        assertThat(Sql.as(Slice.Role.ADMIN).claiming(me.id()).refusal(update)).isEqualTo(NOT_PERMITTED);
        assertThat(nobody().refusal(update)).isEqualTo(NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score",
                "rank",
                "public_rank",
                "total_pnl",
                "win_rate",
                "trade_count",
                "hidden",
                "joined_at",
                "status",
                "incarnation"
            })
    void nobody_brings_what_is_measured_along(String column) {
        Person third = trader();

        assertThat(claiming(third)
                        .refusal(
                                "INSERT INTO competition_participants (competition_id, user_id, " + column
                                        + ") VALUES (?, ?, DEFAULT)",
                                cup,
                                third.id()))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void nobody_joins_or_withdraws_for_somebody_else() {
        Person third = trader();

        assertThat(claiming(me)
                        .refusal(
                                "INSERT INTO competition_participants (competition_id, user_id) VALUES (?, ?)",
                                cup,
                                third.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me)
                        .execute(
                                "UPDATE competition_participants SET status = 'withdrawn' WHERE user_id = ?",
                                other.id()))
                .isZero();
        assertThat(nobody().execute("UPDATE competition_participants SET status = 'withdrawn'"))
                .isZero();
        assertThat(claiming(me).refusal("DELETE FROM competition_participants")).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void the_creator_can_disqualify_and_not_withdraw_or_eliminate_somebody() {
        for (String status : new String[] {"withdrawn", "eliminated"}) {
            assertThat(claiming(creator)
                            .refusal(
                                    "UPDATE competition_participants SET status = ? WHERE competition_id = ? AND user_id = ?",
                                    status,
                                    cup,
                                    me.id()))
                    .isIn(NOT_PERMITTED, CHECK);
        }
        assertThat(claiming(creator).execute(DISQUALIFY, cup, me.id())).isEqualTo(1);
    }

    @Test
    void a_participant_disqualifies_nobody() {
        assertThat(claiming(me).execute(DISQUALIFY, cup, other.id())).isZero();
        assertThat(claiming(me).refusal(DISQUALIFY, cup, me.id())).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void whoever_is_disqualified_does_not_make_it_undone() {
        claiming(creator).execute(DISQUALIFY, cup, me.id());

        claiming(me).execute("UPDATE competition_participants SET status = 'active', disqualification_reason = NULL");

        assertThat(participant(cup, me, "status")).isEqualTo("disqualified");
    }

    @Test
    void the_count_the_times_and_the_end_are_not_the_creators_to_write() {
        for (String change : new String[] {
            "participant_count = 0",
            "version = 1",
            "completed_at = now()",
            "cancelled_at = now()",
            "creator_id = NULL",
            "type = 'team'",
            "entry_fee = 5",
            "currency = 'EUR'",
            "created_at = '2020-01-01'"
        }) {
            assertThat(claiming(creator).refusal("UPDATE competitions SET " + change))
                    .isEqualTo(NOT_PERMITTED);
        }
        assertThat(claiming(creator).refusal("UPDATE competitions SET status = 'active' WHERE id = ?", cup))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).execute("UPDATE competitions SET name = 'mine'"))
                .isZero();
        assertThat(claiming(creator).refusal("DELETE FROM competitions")).isEqualTo(NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stealth", "rankings", "scored_trades", "prizes"})
    void what_is_the_workers_is_closed_to_people(String table) {
        assertThat(claiming(me).refusal("SELECT * FROM " + table)).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).refusal("DELETE FROM " + table)).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).refusal("INSERT INTO " + table + " DEFAULT VALUES"))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void nobody_makes_themselves_a_clans_member() {
        assertThat(claiming(me)
                        .refusal(
                                "INSERT INTO clan_members (clan_id, user_id, incarnation, role, is_member, sequence) VALUES (?, ?, 1, 'owner', true, 1)",
                                cup,
                                me.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).refusal("UPDATE clan_members SET is_member = true"))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void a_competition_is_locked_for_a_change_by_somebody_only() {
        assertThat(claiming(me).column("SELECT id FROM competition_for_change(?)", cup))
                .containsExactly(cup);
        assertThat(nobody().column("SELECT id FROM competition_for_change(?)", cup))
                .isEmpty();
    }

    @Test
    void the_function_that_marks_rankings_is_not_for_calling() {
        assertThat(claiming(me).refusal("SELECT stale_rankings()")).isIn(NOT_PERMITTED, "0A000");
    }

    @Test
    void somebody_in_stealth_mode_is_found_by_no_query_of_others() {
        Person shy = gladiator();
        setStealth(shy, true);
        awaitStealth(shy, true);
        join(shy, cup).then().statusCode(201);

        for (Sql reader : new Sql[] {claiming(me), claiming(creator), nobody()}) {
            assertThat(reader.column("SELECT user_id FROM competition_participants WHERE competition_id = ?", cup))
                    .containsExactlyInAnyOrder(me.id(), other.id());
            assertThat(reader.number("SELECT count(*) FROM competition_participants WHERE hidden"))
                    .isZero();
            assertThat(reader.number("SELECT count(*) FROM own_participations WHERE hidden"))
                    .isZero();
            assertThat(reader.execute(
                            "UPDATE competition_participants SET status = 'disqualified', disqualification_reason = 'found' WHERE user_id = ?",
                            shy.id()))
                    .isZero();
        }
    }

    @Test
    void the_true_rank_is_not_for_people() {
        assertThat(claiming(me).refusal("SELECT rank FROM competition_participants"))
                .isEqualTo(NOT_PERMITTED);
    }

    private static Sql claiming(Person person) {
        return Sql.as(Slice.Role.APP).claiming(person.id());
    }

    private static Sql nobody() {
        return Sql.as(Slice.Role.APP);
    }
}
