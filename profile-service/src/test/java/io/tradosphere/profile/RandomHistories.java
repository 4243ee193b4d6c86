package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.contracts.signal.SignalResolved;
import io.tradosphere.profile.SignalSteps.Creator;
import io.tradosphere.profile.SignalSteps.SignalRecord;
import io.tradosphere.test.TopicReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Random concurrent histories of signals of many creators, with events partly out of order. */
final class RandomHistories {

    /** Printed, so that a failure can be repeated. */
    private final long seed = System.nanoTime();

    private final Random random = new Random(seed);
    private final List<History> histories;

    private record History(Creator creator, int posted, List<SignalResolved> outcomes, List<SignalEvent> events) {

        SignalRecord expected() {
            int hits = 0;
            int misses = 0;
            int verified = 0;
            int streak = 0;
            int longest = 0;
            List<SignalResolved> inOrder = new ArrayList<>(outcomes);
            // As PostgreSQL orders UUIDs: by their bytes.
            inOrder.sort(Comparator.comparing(SignalResolved::resolvedAt)
                    .thenComparing(outcome -> outcome.signalId().toString()));
            for (SignalResolved outcome : inOrder) {
                switch (outcome.outcome()) {
                    case HIT -> {
                        hits++;
                        verified += outcome.outcomeSource().name().equals("MARKET") ? 1 : 0;
                        streak++;
                        longest = Math.max(longest, streak);
                    }
                    case MISS -> {
                        misses++;
                        streak = 0;
                    }
                    case CANCELLED -> {
                        // Leaves the streak alone.
                    }
                }
            }
            return new SignalRecord(posted, hits, misses, verified, streak, longest);
        }
    }

    RandomHistories(int people) {
        histories = IntStream.range(0, people).mapToObj(number -> history()).toList();
    }

    private History history() {
        Creator creator = Creator.of(ProfileSteps.userWithProfile());
        List<SignalEvent> events = new ArrayList<>();
        List<SignalResolved> outcomes = new ArrayList<>();
        int signals = 1 + random.nextInt(15);
        int takenBack = random.nextInt(2);
        for (int i = 0; i < signals; i++) {
            UUID signal = UUID.randomUUID();
            events.add(creator.posts(signal));
            // Few seconds for many signals: some are resolved at the same instant.
            int second = random.nextInt(20);
            Outcome outcome = Outcome.values()[Math.min(2, random.nextInt(7) / 3)];
            outcomes.add(
                    random.nextBoolean() ? creator.isResolved(outcome, second) : creator.resolves(outcome, second));
        }
        events.addAll(outcomes);
        if (random.nextBoolean()) {
            Collections.shuffle(events, random);
        }
        for (int i = 0; i < takenBack; i++) {
            events.add(creator.takesBack(UUID.randomUUID()));
        }
        return new History(creator, signals - takenBack, outcomes, events);
    }

    /** Publishes all histories interleaved, each in its own order, in batches of any size. */
    void publish() {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            turns.addAll(Collections.nCopies(histories.get(i).events().size(), i));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[histories.size()];
        List<SignalEvent> portion = new ArrayList<>();
        for (int turn : turns) {
            portion.add(histories.get(turn).events().get(next[turn]++));
            if (random.nextInt(60) == 0) {
                TopicReader.publishAll(portion);
                portion.clear();
            }
        }
        TopicReader.publishAll(portion);
    }

    void assertCounted() {
        assertThat(histories)
                .as("seed %d", seed)
                .allSatisfy(history ->
                        assertThat(SignalRecord.of(history.creator().person())).isEqualTo(history.expected()));
    }
}
