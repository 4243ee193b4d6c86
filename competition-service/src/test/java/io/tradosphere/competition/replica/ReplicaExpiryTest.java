package io.tradosphere.competition.replica;

import static io.tradosphere.competition.CompetitionSteps.SOON;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.platform.replica.ReplicaExpiry;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ReplicaExpiryTest {

    private static final String MEMBERSHIP = """
            INSERT INTO clan_members (clan_id, user_id, incarnation, role, is_member, sequence, updated_at)
            VALUES ($clan, $person, 5, $role, $role IS NOT NULL, 1, now() - $days * interval '1 day')
            """;

    @Inject
    ReplicaExpiry expiry;

    @Test
    void only_memberships_that_ended_long_ago_are_deleted() {
        TestUser member = trader();
        UUID left = membership(member, "NULL", 9);
        UUID leftLately = membership(member, "NULL", 7);
        UUID stays = membership(member, "'member'", 400);

        run();

        assertThat(clansOf(member)).containsExactlyInAnyOrder(leftLately, stays).doesNotContain(left);
    }

    @Test
    void rows_of_an_erased_incarnation_are_deleted() {
        TestUser gone = TestUser.stranger();
        TestUser back = TestUser.stranger();
        Sql.asSuperuser().script("""
                        INSERT INTO erased_profiles (pseudonym, incarnation, sequence)
                        VALUES (auth.pseudonym($gone), 5, 1), (auth.pseudonym($back), 4, 1);
                        INSERT INTO stealth (profile_id, hidden, incarnation, sequence)
                        VALUES ($gone, true, 5, 1), ($back, true, 5, 1)
                        """, Map.of("gone", gone, "back", back));
        membership(gone, "'member'", 0);
        UUID kept = membership(back, "'member'", 0);

        run();

        assertThat(clansOf(gone)).isEmpty();
        assertThat(clansOf(back)).containsExactly(kept);
        assertThat(Sql.asSuperuser()
                        .column("SELECT profile_id FROM stealth WHERE profile_id IN (?, ?)", gone.id(), back.id()))
                .containsExactly(back.id());
    }

    private void run() {
        expiry.run().await().atMost(SOON);
    }

    private static UUID membership(TestUser member, String role, int daysAgo) {
        UUID clan = UUID.randomUUID();
        Sql.asSuperuser()
                .script(MEMBERSHIP.replace("$role", role), Map.of("clan", clan, "person", member, "days", daysAgo));
        return clan;
    }

    private static List<Object> clansOf(TestUser member) {
        return Sql.asSuperuser().column("SELECT clan_id FROM clan_members WHERE user_id = ?", member.id());
    }
}
