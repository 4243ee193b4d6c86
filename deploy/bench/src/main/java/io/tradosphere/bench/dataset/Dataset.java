package io.tradosphere.bench.dataset;

import io.tradosphere.bench.Size;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The generated dataset: people, follows and signals. It uses a fixed random seed, so every database gets the same rows.
 * Follows and signals are distributed by a power law; person 0 has the most followers.
 *
 * <p>The last {@code size.actors()} people follow no one, so every measured follow is new. The readers of personal feeds
 * precede them. The first people are reserved as targets: one star per round, then a group of creators per round, then the
 * targets of spread follows.
 */
public final class Dataset {

    /** The number of rounds with reserved targets, including warm-ups. */
    public static final int MAX_ROUNDS = 28;

    /** Warm-up repetitions of writes in every variant. The JIT compiler keeps working for tens of thousands of them. */
    public static final int WARM_UPS = 4;

    /** The prefix of every username. */
    public static final String USERNAME_PREFIX = "trader_";

    private static final long SEED = 42;
    private static final int FOLLOWS_POWER = 3;

    /** A kind of reader of personal feeds. Readers follow person 0 and otherwise random people. */
    public enum Reader {
        /** Follows as many as most users do. */
        LIGHT("light reader", 50),
        /** Follows as many as few users do. */
        HEAVY("heavy reader", 2_000);

        private final String title;
        private final int follows;

        Reader(String title, int follows) {
            this.title = title;
            this.follows = follows;
        }

        /** The name in reports. */
        public String title() {
            return title;
        }

        /** The number of follows per reader, reduced in a small dataset. */
        public int follows(Size size) {
            return Math.min(follows, (size.people() - size.actors()) / 2);
        }
    }

    private final Size size;
    private final Instant startedAt;
    private final UUID[] ids;
    private final int[] followers;
    private final int[] followed;
    private final int[] followerCounts;

    private Dataset(Size size, Instant startedAt, int[] followers, int[] followed) {
        this.size = size;
        this.startedAt = startedAt;
        this.ids = new UUID[size.people()];
        Arrays.setAll(ids, Dataset::generatedId);
        this.followers = followers;
        this.followed = followed;
        this.followerCounts = new int[size.people()];
        for (int person : followed) {
            followerCounts[person]++;
        }
    }

    /**
     * Generates the dataset of that size.
     *
     * @param size the size
     * @param now time of the last signal, truncated to seconds
     */
    public static Dataset of(Size size, Instant now) {
        SplittableRandom random = new SplittableRandom(SEED);
        int ordinary = size.people() - size.actors();
        int readers = size.readers() * Reader.values().length;
        int mean = Math.max(1, size.follows() / ordinary);
        FollowEdges edges = new FollowEdges(size.follows() + Reader.HEAVY.follows(size) * readers + 2 * mean);
        for (int reader = 0; reader < readers; reader++) {
            Reader kind = Reader.values()[reader / size.readers()];
            edges.exactly(random, ordinary - readers + reader, kind.follows(size), ordinary);
        }
        for (int follower = 0; follower < ordinary - readers && edges.count < size.follows(); follower++) {
            edges.atMost(random, follower, 1 + random.nextInt(2 * mean), ordinary);
        }
        return new Dataset(
                size,
                now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(size.signals()),
                edges.followers(),
                edges.followed());
    }

    /** The round whose targets a warm-up uses, counted from the last round downwards. */
    public static int warmUpRound(int warmUp) {
        return MAX_ROUNDS - 1 - warmUp;
    }

    /** The size of the dataset. */
    public Size size() {
        return size;
    }

    /** The number of follows. */
    public int follows() {
        return followers.length;
    }

    /** The follower in the follow with that index. */
    public int follower(int follow) {
        return followers[follow];
    }

    /** The followed person in the follow with that index. */
    public int followed(int follow) {
        return followed[follow];
    }

    /** The number of followers of that person. */
    public int followerCount(int person) {
        return followerCounts[person];
    }

    /** The person's id, in the form of a version 4 UUID that SQL can compute too, see {@link #idInSql}. */
    public UUID id(int person) {
        return ids[person];
    }

    /** An SQL expression for the id of the person with that number. */
    public static String idInSql(String number) {
        return "overlay(overlay(md5((" + number + ")::text) placing '4' from 13) placing '8' from 17)::uuid";
    }

    /** The person's username: {@link #USERNAME_PREFIX} and the number. */
    public String username(int person) {
        return USERNAME_PREFIX + person;
    }

    /** The person's tier. */
    public String tier(int person) {
        return person % 7 == 0 ? "elite" : person % 3 == 0 ? "grow" : "free";
    }

    /** The person who sends the follow with that index in a round. */
    public int actor(int number) {
        return size.people() - size.actors() + number % size.actors();
    }

    /** A reader of that kind. */
    public int reader(Reader kind, int number) {
        int first = size.people() - size.actors() - (Reader.values().length - kind.ordinal()) * size.readers();
        return first + number % size.readers();
    }

    /** The person whom all actors follow in that round. */
    public int star(int round) {
        return round;
    }

    /** A creator of the visibility case in that round. */
    public int creator(int round, int number) {
        return MAX_ROUNDS + round * size.creatorsPerRound() + number % size.creatorsPerRound();
    }

    /** The target of a spread follow, different in every round. */
    public int spreadTarget(int round, int number) {
        int first = MAX_ROUNDS * (1 + size.creatorsPerRound());
        int range = size.people() - size.actors() - first;
        return first + (int) ((number * 17L + round * 7919L) % range);
    }

    /** The posting time: one signal per second, up to the dataset's time. */
    public Instant postedAt(GeneratedSignal signal) {
        return startedAt.plusSeconds(signal.number());
    }

    /** Generates the signals in posting order. */
    public void signals(SignalSink sink) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int i = 0; i < size.signals(); i++) {
            int creator = powerLaw(random, size.people(), 2);
            sink.signal(new GeneratedSignal(
                    i,
                    creator,
                    random.nextInt(20),
                    random.nextBoolean(),
                    1 + random.nextInt(90_000),
                    random.nextInt(100)));
        }
    }

    /** Low numbers are the most likely; 0 is the most frequent. */
    private static int powerLaw(SplittableRandom random, int people, int power) {
        return (int) (people * Math.pow(random.nextDouble(), power));
    }

    private static UUID generatedId(int person) {
        try {
            ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("MD5")
                    .digest(Integer.toString(person).getBytes(StandardCharsets.US_ASCII)));
            return new UUID(
                    (digest.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                    (digest.getLong() & 0x0FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    /** Receives generated signals. */
    @FunctionalInterface
    public interface SignalSink {
        /** Receives the next signal. */
        void signal(GeneratedSignal signal);
    }

    /** A growing list of follows. */
    private static final class FollowEdges {
        private final int[] followers;
        private final int[] followed;
        private int count;

        FollowEdges(int capacity) {
            followers = new int[capacity];
            followed = new int[capacity];
        }

        /** Follows up to that many random people, each once. */
        void atMost(SplittableRandom random, int follower, int candidates, int people) {
            add(
                    follower,
                    IntStream.generate(() -> powerLaw(random, people, FOLLOWS_POWER))
                            .limit(candidates));
        }

        /** Follows person 0 and random people, exactly that many in total. */
        void exactly(SplittableRandom random, int follower, int limit, int people) {
            add(
                    follower,
                    IntStream.concat(IntStream.of(0), IntStream.generate(() -> powerLaw(random, people, FOLLOWS_POWER)))
                            .filter(person -> person != follower)
                            .distinct()
                            .limit(limit));
        }

        private void add(int follower, IntStream candidates) {
            candidates.filter(person -> person != follower).sorted().distinct().forEach(person -> {
                followers[count] = follower;
                followed[count++] = person;
            });
        }

        int[] followers() {
            return Arrays.copyOf(followers, count);
        }

        int[] followed() {
            return Arrays.copyOf(followed, count);
        }
    }
}
