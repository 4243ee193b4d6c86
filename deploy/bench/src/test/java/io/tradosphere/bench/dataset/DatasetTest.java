package io.tradosphere.bench.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.bench.Size;
import io.tradosphere.bench.dataset.Dataset.Reader;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

    private final Dataset dataset = Dataset.of(Size.SMALL, NOW);

    @Test
    void the_same_dataset_is_generated_every_time() {
        // When
        Dataset again = Dataset.of(Size.SMALL, NOW);

        // Then
        assertThat(again.follows()).isEqualTo(dataset.follows());
        assertThat(again.id(17)).isEqualTo(dataset.id(17));
        assertThat(IntStream.range(0, dataset.follows()).map(again::followed))
                .containsExactlyElementsOf(IntStream.range(0, dataset.follows())
                        .map(dataset::followed)
                        .boxed()
                        .toList());
    }

    @Test
    void follows_are_unique_and_not_of_oneself_and_actors_follow_no_one() {
        // Given
        int firstActor = Size.SMALL.people() - Size.SMALL.actors();

        // When
        Set<Long> pairs = new HashSet<>();
        for (int i = 0; i < dataset.follows(); i++) {
            assertThat(dataset.follower(i)).isNotEqualTo(dataset.followed(i)).isLessThan(firstActor);
            pairs.add((long) dataset.follower(i) * Size.SMALL.people() + dataset.followed(i));
        }

        // Then
        assertThat(pairs).hasSize(dataset.follows());
    }

    @Test
    void follower_counts_sum_to_the_follows_and_fall_off_by_a_power_law() {
        // When
        int sum = IntStream.range(0, Size.SMALL.people())
                .map(dataset::followerCount)
                .sum();
        int head = IntStream.range(0, 100).map(dataset::followerCount).sum();
        int tail = IntStream.range(2_000, 2_100).map(dataset::followerCount).sum();

        // Then
        assertThat(sum).isEqualTo(dataset.follows());
        assertThat(head).isGreaterThan(10 * tail);
    }

    @Test
    void an_actors_target_is_new_in_every_round() {
        // When
        Set<Integer> followed = new HashSet<>();
        for (int round = 0; round < Dataset.MAX_ROUNDS; round++) {
            followed.add(dataset.star(round));
            followed.add(dataset.spreadTarget(round, 5));
            followed.add(dataset.creator(round, 5));
        }

        // Then
        assertThat(followed).hasSize(3 * Dataset.MAX_ROUNDS);
    }

    @Test
    void every_signal_satisfies_the_order_of_its_levels() {
        dataset.signals(signal -> {
            int variant = signal.isLong() ? 1 : -1;
            assertThat(signal.target().compareTo(signal.stop())).isEqualTo(variant);
            assertThat(signal.outcome() == null)
                    .isEqualTo(Set.of("active", "cancelled").contains(signal.status()));
        });
    }

    @Test
    void a_reader_has_the_follows_of_its_kind_including_person_0() {
        for (Reader kind : Reader.values()) {
            for (int number = 0; number < Size.SMALL.readers(); number++) {
                // Given
                int reader = dataset.reader(kind, number);

                // When
                int[] followed = IntStream.range(0, dataset.follows())
                        .filter(follow -> dataset.follower(follow) == reader)
                        .map(dataset::followed)
                        .toArray();

                // Then
                assertThat(followed).hasSize(kind.follows(Size.SMALL));
                assertThat(followed[0]).isZero();
            }
        }
    }

    @Test
    void readers_of_both_kinds_are_distinct_and_not_actors() {
        // When
        Set<Integer> readers = new HashSet<>();
        for (int number = 0; number < Size.SMALL.readers(); number++) {
            readers.add(dataset.reader(Reader.LIGHT, number));
            readers.add(dataset.reader(Reader.HEAVY, number));
        }

        // Then
        assertThat(readers).hasSize(2 * Size.SMALL.readers()).allMatch(reader -> reader < dataset.actor(0));
    }

    @Test
    void an_id_is_the_hash_of_the_number_in_the_form_of_a_uuid_of_version_4() {
        // md5('7') = 8f14e45fceea167a5a36dedd4bea2543
        assertThat(dataset.id(7)).isEqualTo(UUID.fromString("8f14e45f-ceea-467a-8a36-dedd4bea2543"));
        assertThat(Dataset.idInSql(":number"))
                .isEqualTo("overlay(overlay(md5((:number)::text) placing '4' from 13) placing '8' from 17)::uuid");
    }

    @Test
    void the_last_signal_was_posted_a_second_before_the_datasets_time() {
        // When
        Instant[] last = {null};
        dataset.signals(signal -> last[0] = dataset.postedAt(signal));

        // Then
        assertThat(last[0]).isEqualTo("2026-03-01T11:59:59Z");
    }

    @Test
    void a_tenth_of_the_dataset_has_readers_with_the_same_follows_where_possible() {
        // When
        Size tenth = Size.FULL.tenth();

        // Then
        assertThat(tenth.signals() * 10).isEqualTo(Size.FULL.signals());
        assertThat(Reader.HEAVY.follows(tenth)).isEqualTo(Reader.HEAVY.follows(Size.FULL));
        assertThat(Dataset.of(tenth, NOW).spreadTarget(0, 0)).isLessThan(tenth.people() - tenth.actors());
    }
}
