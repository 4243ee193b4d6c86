package io.tradosphere.test.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.test.defect.SeedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules find the known defects of the seed's schema. */
class SchemaRuleTest {

    @Test
    void defect_10_no_table_of_the_seed_has_its_row_security_forced() throws SQLException {
        assertThat(offendersOf(SchemaRule.ROW_SECURITY_IS_ON_AND_FORCED)).hasSize(19);
    }

    @Test
    void the_seeds_policies_are_for_public_and_evaluate_the_caller_per_row() throws SQLException {
        assertThat(offendersOf(SchemaRule.POLICIES_NAME_THEIR_ROLE)).contains("profiles: Users can update own profile");
        assertThat(offendersOf(SchemaRule.POLICIES_EVALUATE_THE_CALLER_ONCE))
                .contains("profiles: Users can update own profile");
        assertThat(offendersOf(SchemaRule.OWNER_AND_WORKER_SEE_EVERYTHING)).hasSize(38);
    }

    @Test
    void seven_foreign_keys_of_the_seed_have_no_index() throws SQLException {
        assertThat(offendersOf(SchemaRule.FOREIGN_KEYS_HAVE_AN_INDEX))
                .extracting(offender -> offender.replaceAll("\\) REFERENCES.*", ")"))
                .contains(
                        "clans: FOREIGN KEY (owner_id)",
                        "clan_members: FOREIGN KEY (user_id)",
                        "watchlists: FOREIGN KEY (created_by)",
                        "watchlist_members: FOREIGN KEY (user_id)",
                        "watchlist_assets: FOREIGN KEY (added_by)",
                        "user_achievements: FOREIGN KEY (achievement_id)",
                        "notifications: FOREIGN KEY (user_id)");
    }

    @Test
    void five_indexes_of_the_seed_are_redundant() throws SQLException {
        assertThat(offendersOf(SchemaRule.NO_INDEX_IS_REDUNDANT))
                .extracting(offender -> offender.split(" ", 2)[0])
                .contains(
                        "idx_profiles_username",
                        "idx_engagement_signal",
                        "idx_follows_follower",
                        "idx_subscriptions_subscriber",
                        "idx_subscriptions_stripe");
    }

    @Test
    void defect_26_seventeen_tables_of_the_seed_lack_updated_at_and_twenty_times_may_be_null() throws SQLException {
        assertThat(offendersOf(SchemaRule.ROWS_SAY_WHEN_THEY_WERE_MADE_AND_CHANGED))
                .filteredOn(offender -> offender.endsWith("updated_at"))
                .hasSize(17);
        assertThat(offendersOf(SchemaRule.TIMES_WITH_A_DEFAULT_ARE_NOT_NULL)).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void defect_3_the_seeds_counters_are_narrow() throws SQLException {
        assertThat(offendersOf(SchemaRule.COUNTERS_ARE_WIDE))
                .contains("profiles.follower_count", "signals.like_count", "streams.peak_viewers");
    }

    @Test
    void the_seeds_functions_look_at_temporary_tables_first_and_are_everybodys() throws SQLException {
        assertThat(offendersOf(SchemaRule.FUNCTIONS_LOOK_AT_TEMPORARY_TABLES_LAST))
                .anyMatch(function -> function.endsWith("update_follower_count()"));
        assertThat(offendersOf(SchemaRule.FUNCTIONS_NAME_THEIR_CALLERS))
                .anyMatch(function -> function.endsWith("update_subscriber_count()"));
    }

    private static List<String> offendersOf(SchemaRule rule) throws SQLException {
        try (Connection owner = SeedDatabase.get().connect()) {
            return new Catalog(owner, "public").offendersOf(rule);
        }
    }
}
