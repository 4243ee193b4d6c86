package io.tradosphere.competition.copies;

import static io.tradosphere.competition.ContestSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class CopyExpiryTest {

    private static final String MEMBERSHIP = """
            INSERT INTO clan_members (clan_id, user_id, incarnation, role, is_member, sequence, updated_at)
            VALUES ($clan, $person, 5, $role, $role IS NOT NULL, 1, now() - $days * interval '1 day')
            """;

    @Inject
    CopyExpiry expiry;

    @Test
    void memberships_that_ended_long_ago_are_forgotten_and_no_others() {
        Person member = trader();
        UUID left = membership(member, "NULL", 9);
        UUID leftLately = membership(member, "NULL", 7);
        UUID stays = membership(member, "'member'", 400);

        run();

        assertThat(clansOf(member)).containsExactlyInAnyOrder(leftLately, stays).doesNotContain(left);
    }

    @Test
    void what_slipped_in_of_a_life_that_has_ended_is_forgotten() {
        Person gone = Person.stranger();
        Person back = Person.stranger();
        Sql.asSuperuser().script("""
                        INSERT INTO departed (pseudonym, incarnation, sequence)
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
        expiry.run().await().atMost(Duration.ofSeconds(10));
    }

    private static UUID membership(Person member, String role, int daysAgo) {
        UUID clan = UUID.randomUUID();
        Sql.asSuperuser()
                .script(MEMBERSHIP.replace("$role", role), Map.of("clan", clan, "person", member, "days", daysAgo));
        return clan;
    }

    private static List<Object> clansOf(Person member) {
        return Sql.asSuperuser().column("SELECT clan_id FROM clan_members WHERE user_id = ?", member.id());
    }
}
