package io.tradosphere.competition.security;

import static io.tradosphere.competition.CompetitionSteps.awaitStealth;
import static io.tradosphere.competition.CompetitionSteps.complete;
import static io.tradosphere.competition.CompetitionSteps.created;
import static io.tradosphere.competition.CompetitionSteps.cup;
import static io.tradosphere.competition.CompetitionSteps.gladiator;
import static io.tradosphere.competition.CompetitionSteps.join;
import static io.tradosphere.competition.CompetitionSteps.participant;
import static io.tradosphere.competition.CompetitionSteps.publishStealth;
import static io.tradosphere.competition.CompetitionSteps.start;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what each database role may do, with the database as the only protection. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RowSecurityTest {

    private static final String NOT_PERMITTED = "42501";
    private static final String CHECK = "23514";
    private static final String DISQUALIFY = """
            UPDATE competition_participants SET status = 'disqualified', disqualification_reason = 'because'
            WHERE competition_id = ? AND user_id = ?
            """;

    private TestUser creator;
    private TestUser me;
    private TestUser other;
    private UUID cup;

    @BeforeEach
    void two_take_part_in_a_cup() {
        creator = gladiator();
        me = trader();
        other = trader();
        cup = created(creator, cup());
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
    void measured_columns_cannot_be_set_on_a_join(String column) {
        TestUser third = trader();

        assertThat(claiming(third)
                        .refusal(
                                "INSERT INTO competition_participants (competition_id, user_id, " + column
                                        + ") VALUES (?, ?, DEFAULT)",
                                cup,
                                third.id()))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void a_user_cannot_join_or_withdraw_another_user() {
        TestUser third = trader();

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
    void the_creator_can_disqualify_but_not_withdraw_or_eliminate_a_participant() {
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
    void in_a_completed_competition_neither_the_creator_nor_an_admin_disqualifies() {
        start(cup);
        complete(cup);

        assertThat(claiming(creator).execute(DISQUALIFY, cup, me.id())).isZero();
        assertThat(Sql.as(Slice.Role.ADMIN).claiming(other.id()).execute(DISQUALIFY, cup, me.id()))
                .isZero();
        assertThat(Sql.asSuperuser().refusal(DISQUALIFY, cup, me.id())).isEqualTo(CHECK);
        assertThat(participant(cup, me, "status")).isEqualTo("active");
    }

    @Test
    void an_admin_cancels_an_upcoming_competition_and_changes_nothing_else() {
        Sql admin = Sql.as(Slice.Role.ADMIN).claiming(other.id());

        assertThat(admin.refusal("UPDATE competitions SET status = 'active' WHERE id = ?", cup))
                .isEqualTo(NOT_PERMITTED);
        assertThat(admin.refusal("UPDATE competitions SET prize_pool = 1 WHERE id = ?", cup))
                .isEqualTo(NOT_PERMITTED);
        assertThat(admin.execute("UPDATE competitions SET status = 'cancelled' WHERE id = ?", cup))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prize_pool = 1",
                "platform_fee_percentage = 50",
                "max_participants = 2",
                "rules = '{\"lateEntry\":true}'",
                "scoring_metrics = '{\"winRate\":1}'",
                "starts_at = starts_at + interval '1 minute'",
                "ends_at = ends_at + interval '1 minute'"
            })
    void the_creator_changes_nothing_against_those_who_have_joined(String change) {
        assertThat(claiming(creator).refusal("UPDATE competitions SET " + change + " WHERE id = ?", cup))
                .isEqualTo(CHECK);
        assertThat(claiming(creator)
                        .execute(
                                "UPDATE competitions SET prize_pool = 101, platform_fee_percentage = 1 WHERE id = ?",
                                cup))
                .isEqualTo(1);
    }

    @Test
    void a_participant_cannot_disqualify() {
        assertThat(claiming(me).execute(DISQUALIFY, cup, other.id())).isZero();
        assertThat(claiming(me).refusal(DISQUALIFY, cup, me.id())).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void a_disqualified_participant_cannot_undo_it() {
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
    void a_user_cannot_make_themselves_a_clan_member() {
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
    void only_an_authenticated_user_can_lock_a_competition() {
        assertThat(claiming(me).column("SELECT id FROM lock_competition(?)", cup))
                .containsExactly(cup);
        assertThat(nobody().column("SELECT id FROM lock_competition(?)", cup)).isEmpty();
    }

    @Test
    void the_function_that_marks_rankings_cannot_be_called() {
        assertThat(claiming(me).refusal("SELECT mark_rankings_stale()")).isIn(NOT_PERMITTED, "0A000");
    }

    @Test
    void a_participant_in_stealth_mode_is_found_by_no_query_of_others() {
        TestUser shy = gladiator();
        publishStealth(shy, true);
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

    private static Sql claiming(TestUser person) {
        return Sql.as(Slice.Role.APP).claiming(person.id());
    }

    private static Sql nobody() {
        return Sql.as(Slice.Role.APP);
    }
}
