package io.tradosphere.bench.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.bench.Size;
import io.tradosphere.bench.world.World.Reader;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorldTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

    private final World world = World.of(Size.SMALL, NOW);

    @Test
    void the_same_world_is_drawn_every_time() {
        // When
        World again = World.of(Size.SMALL, NOW);

        // Then
        assertThat(again.follows()).isEqualTo(world.follows());
        assertThat(again.id(17)).isEqualTo(world.id(17));
        assertThat(IntStream.range(0, world.follows()).map(again::followed))
                .containsExactlyElementsOf(IntStream.range(0, world.follows())
                        .map(world::followed)
                        .boxed()
                        .toList());
    }

    @Test
    void nobody_follows_themselves_or_anybody_twice_and_actors_follow_nobody() {
        // Given
        int firstActor = Size.SMALL.people() - Size.SMALL.actors();

        // When
        Set<Long> pairs = new HashSet<>();
        for (int i = 0; i < world.follows(); i++) {
            assertThat(world.follower(i)).isNotEqualTo(world.followed(i)).isLessThan(firstActor);
            pairs.add((long) world.follower(i) * Size.SMALL.people() + world.followed(i));
        }

        // Then
        assertThat(pairs).hasSize(world.follows());
    }

    @Test
    void follower_counts_sum_to_the_follows_and_fall_off_by_a_power_law() {
        // When
        int sum = IntStream.range(0, Size.SMALL.people())
                .map(world::followerCount)
                .sum();
        int head = IntStream.range(0, 100).map(world::followerCount).sum();
        int tail = IntStream.range(2_000, 2_100).map(world::followerCount).sum();

        // Then
        assertThat(sum).isEqualTo(world.follows());
        assertThat(head).isGreaterThan(10 * tail);
    }

    @Test
    void what_an_actor_is_told_to_follow_is_new_in_every_round() {
        // When
        Set<Integer> followed = new HashSet<>();
        for (int round = 0; round < World.MOST_ROUNDS; round++) {
            followed.add(world.star(round));
            followed.add(world.spread(round, 5));
            followed.add(world.creator(round, 5));
        }

        // Then
        assertThat(followed).hasSize(3 * World.MOST_ROUNDS);
    }

    @Test
    void every_signal_satisfies_the_order_of_its_levels() {
        world.signals(signal -> {
            int side = signal.isLong() ? 1 : -1;
            assertThat(signal.target().compareTo(signal.stop())).isEqualTo(side);
            assertThat(signal.outcome() == null)
                    .isEqualTo(Set.of("active", "cancelled").contains(signal.status()));
        });
    }

    @Test
    void a_reader_follows_as_many_as_their_kind_does_and_the_greatest_star_is_among_them() {
        for (Reader kind : Reader.values()) {
            for (int number = 0; number < Size.SMALL.readers(); number++) {
                // Given
                int reader = world.reader(kind, number);

                // When
                int[] followed = IntStream.range(0, world.follows())
                        .filter(follow -> world.follower(follow) == reader)
                        .map(world::followed)
                        .toArray();

                // Then
                assertThat(followed).hasSize(kind.follows(Size.SMALL));
                assertThat(followed[0]).isZero();
            }
        }
    }

    @Test
    void readers_of_both_kinds_are_different_people_and_none_of_them_acts() {
        // When
        Set<Integer> readers = new HashSet<>();
        for (int number = 0; number < Size.SMALL.readers(); number++) {
            readers.add(world.reader(Reader.LIGHT, number));
            readers.add(world.reader(Reader.HEAVY, number));
        }

        // Then
        assertThat(readers).hasSize(2 * Size.SMALL.readers()).allMatch(reader -> reader < world.actor(0));
    }

    @Test
    void an_id_is_the_hash_of_the_number_in_the_form_of_a_uuid_of_version_4() {
        // md5('7') = 8f14e45fceea167a5a36dedd4bea2543
        assertThat(world.id(7)).isEqualTo(UUID.fromString("8f14e45f-ceea-467a-8a36-dedd4bea2543"));
        assertThat(World.idInSql(":number"))
                .isEqualTo("overlay(overlay(md5((:number)::text) placing '4' from 13) placing '8' from 17)::uuid");
    }

    @Test
    void the_last_signal_was_posted_a_second_before_the_world_was_drawn() {
        // When
        Instant[] last = {null};
        world.signals(signal -> last[0] = world.postedAt(signal));

        // Then
        assertThat(last[0]).isEqualTo("2026-03-01T11:59:59Z");
    }

    @Test
    void a_tenth_of_the_world_has_readers_who_follow_as_many_where_there_are_enough_people() {
        // When
        Size tenth = Size.FULL.tenth();

        // Then
        assertThat(tenth.signals() * 10).isEqualTo(Size.FULL.signals());
        assertThat(Reader.HEAVY.follows(tenth)).isEqualTo(Reader.HEAVY.follows(Size.FULL));
        assertThat(World.of(tenth, NOW).spread(0, 0)).isLessThan(tenth.people() - tenth.actors());
    }
}
