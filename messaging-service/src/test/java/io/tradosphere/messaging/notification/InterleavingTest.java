package io.tradosphere.messaging.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of follows, unfollows, reactions, invitations, their ends and reads, one for each person, beside a
 * straightforward computation of what is unread.
 */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class InterleavingTest {

    private static final int INTERLEAVINGS = Boolean.getBoolean("tradosphere.full") ? 1_000 : 40;
    private static final int ROUNDS = 4;
    private static final int EVENTS_A_ROUND = 6;

    /** By SQL, since it is about a thousand people. */
    private static final String PROFILES = """
            INSERT INTO profiles (id, username, tier, incarnation, sequence)
            SELECT id, 'u' || left(replace(id::text, '-', ''), 20), 'free', 1, 1 FROM unnest(?::uuid[]) AS id
            """;

    private static final long BORN = 1;

    private final Random random = new Random(20261130);
    private final List<UUID> actors =
            IntStream.range(0, 4).mapToObj(i -> UUID.randomUUID()).toList();
    private long sequence = 1;

    /** What may happen to a person, and end again. */
    private enum Kind {
        FOLLOWER,
        REACTION,
        INVITATION;

        String type() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One person's notifications, as they should be. */
    private final class Inbox {

        private final TestUser owner;
        private final UUID signal = UUID.randomUUID();
        private final UUID clan = UUID.randomUUID();

        /** The causes of the unread notification, and those that were read of. */
        private final Map<Kind, List<UUID>> unread = empty();

        private final Map<Kind, List<UUID>> read = empty();
        private final Map<String, Long> sequences = new HashMap<>();

        Inbox(UUID owner) {
            this.owner = TestUser.of(owner);
        }

        Event next() {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            boolean begins = random.nextInt(3) > 0;
            UUID actor = actors.get(random.nextInt(actors.size()));
            sequences.put(kind.type() + actor, sequence++);
            if (!read.get(kind).contains(actor)) {
                unread.get(kind).remove(actor);
                if (begins) {
                    unread.get(kind).add(actor);
                }
            }
            return switch (kind) {
                case FOLLOWER -> begins ? Social.followed(actor, owner, BORN) : Social.unfollowed(actor, owner, BORN);
                case REACTION ->
                    begins ? Social.reacted(signal, owner, BORN, actor) : Social.unreacted(signal, owner, BORN, actor);
                case INVITATION ->
                    begins
                            ? Social.invitedToClan(clan, actor, owner, BORN, actor, ClanRole.MEMBER)
                            : Social.clanInvitationEnded(clan, actor, owner, BORN);
            };
        }

        void readSomething() {
            int choice = random.nextInt(4);
            if (choice == 0) {
                owner.asking().post("/v1/notifications/read-all").then().statusCode(204);
                Stream.of(Kind.values()).forEach(this::markRead);
            } else if (choice == 1) {
                Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                owner.asking()
                        .get("/v1/notifications?unread=true")
                        .jsonPath()
                        .param("type", kind.type())
                        .<String>getList("items.findAll { it.type == type }.id")
                        .forEach(id -> owner.asking()
                                .post("/v1/notifications/{id}/read", id)
                                .then()
                                .statusCode(204));
                markRead(kind);
            }
        }

        private void markRead(Kind kind) {
            read.get(kind).addAll(unread.get(kind));
            unread.get(kind).clear();
        }

        /** The unread notifications, a line each. */
        Stream<String> expectedRows() {
            return Stream.of(Kind.values())
                    .filter(kind -> !unread.get(kind).isEmpty())
                    .map(kind -> owner.id() + " " + kind.type() + " "
                            + unread.get(kind).size());
        }

        void assertShown() {
            assertThat(owner.asking()
                            .get("/v1/notifications?unread=true")
                            .jsonPath()
                            .<Integer>getList("items.count"))
                    .hasSize((int) expectedRows().count());
            assertThat(owner.asking()
                            .get("/v1/notifications/unread-count")
                            .jsonPath()
                            .getInt("count"))
                    .isEqualTo((int) expectedRows().count());
        }
    }

    @Test
    void after_every_random_interleaving_of_events_and_reads_groups_and_unread_count_are_right() {
        List<Inbox> inboxes = Stream.generate(UUID::randomUUID)
                .limit(INTERLEAVINGS)
                .map(Inbox::new)
                .toList();
        Sql.asSuperuser().execute(PROFILES, (Object) ids(inboxes));
        for (int round = 0; round < ROUNDS; round++) {
            List<Event> events = new ArrayList<>();
            long first = sequence;
            for (int i = 0; i < EVENTS_A_ROUND * inboxes.size(); i++) {
                events.add(inboxes.get(random.nextInt(inboxes.size())).next());
            }
            TopicReader.publishAll(events, first);
            awaitApplied(inboxes);
            assertRight(inboxes);
            inboxes.forEach(Inbox::readSomething);
            assertRight(inboxes);
        }
        inboxes.forEach(Inbox::assertShown);
    }

    private static void assertRight(List<Inbox> inboxes) {
        Object people = ids(inboxes);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT user_id || ' ' || type || ' ' || cause_count FROM notifications"
                                        + " WHERE read_at IS NULL AND user_id = ANY (?)",
                                people))
                .containsExactlyInAnyOrderElementsOf(
                        inboxes.stream().flatMap(Inbox::expectedRows).toList());
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT user_id || ' ' || unread_notification_count FROM mailboxes"
                                        + " WHERE unread_notification_count > 0 AND user_id = ANY (?)",
                                people))
                .containsExactlyInAnyOrderElementsOf(inboxes.stream()
                        .filter(inbox -> inbox.expectedRows().count() > 0)
                        .map(inbox ->
                                inbox.owner.id() + " " + inbox.expectedRows().count())
                        .toList());
    }

    private static Map<Kind, List<UUID>> empty() {
        Map<Kind, List<UUID>> empty = new EnumMap<>(Kind.class);
        Stream.of(Kind.values()).forEach(kind -> empty.put(kind, new ArrayList<>()));
        return empty;
    }

    private static UUID[] ids(List<Inbox> inboxes) {
        return inboxes.stream().map(inbox -> inbox.owner.id()).toArray(UUID[]::new);
    }

    private static void awaitApplied(List<Inbox> inboxes) {
        UUID[] people = ids(inboxes);
        long expected = inboxes.stream()
                .flatMap(inbox -> inbox.sequences.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT coalesce(sum(sequence), 0) FROM notification_causes WHERE user_id = ANY (?)",
                                        (Object) people)
                        == expected);
    }
}
