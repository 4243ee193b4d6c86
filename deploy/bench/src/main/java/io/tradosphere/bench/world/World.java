package io.tradosphere.bench.world;

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
 * People, whom they follow and what they post: drawn from a fixed seed, so that every database is loaded with the same. Both
 * follows and posts are spread by a power law; person 0 is the most followed.
 *
 * <p>The last {@code size.actors()} people follow nobody, so whatever they do while it is measured is new. Before them stand those
 * whose personal feeds are read. The first people are set aside as targets: a star a round, then a group of creators a round, then
 * those over whom follows are spread.
 */
public final class World {

    /** Rounds there are targets for, warm-ups included. */
    public static final int MOST_ROUNDS = 24;

    /** How often writes run, on all sides, before they are measured: a JVM goes on compiling over tens of thousands of them. */
    public static final int WARM_UPS = 4;

    /** What every username begins with. */
    public static final String USERNAME_STEM = "trader_";

    private static final long SEED = 42;
    private static final int FOLLOWS_POWER = 3;

    /** Those whose personal feeds are read. Whom they follow is drawn like anybody else's, but for the greatest star, who is among them. */
    public enum Reader {
        /** Follows as many as most do. */
        LIGHT("light reader", 50),
        /** Follows as many as few do. */
        HEAVY("heavy reader", 2_000);

        private final String title;
        private final int follows;

        Reader(String title, int follows) {
            this.title = title;
            this.follows = follows;
        }

        /** How reports call one of them. */
        public String title() {
            return title;
        }

        /** How many each of them follows; in a small world fewer, since there are not so many people. */
        public int follows(Size size) {
            return Math.min(follows, (size.people() - size.actors()) / 2);
        }
    }

    private final Size size;
    private final Instant began;
    private final UUID[] ids;
    private final int[] followers;
    private final int[] followed;
    private final int[] followerCounts;

    private World(Size size, Instant began, int[] followers, int[] followed) {
        this.size = size;
        this.began = began;
        this.ids = new UUID[size.people()];
        Arrays.setAll(ids, World::drawnId);
        this.followers = followers;
        this.followed = followed;
        this.followerCounts = new int[size.people()];
        for (int person : followed) {
            followerCounts[person]++;
        }
    }

    /**
     * Draws the world of that size.
     *
     * @param size how much of everything
     * @param now when its last signal was posted, to the second
     */
    public static World of(Size size, Instant now) {
        SplittableRandom random = new SplittableRandom(SEED);
        int ordinary = size.people() - size.actors();
        int readers = size.readers() * Reader.values().length;
        int mean = Math.max(1, size.follows() / ordinary);
        Edges edges = new Edges(size.follows() + Reader.HEAVY.follows(size) * readers + 2 * mean);
        for (int reader = 0; reader < readers; reader++) {
            Reader kind = Reader.values()[reader / size.readers()];
            edges.exactly(random, ordinary - readers + reader, kind.follows(size), ordinary);
        }
        for (int follower = 0; follower < ordinary - readers && edges.count < size.follows(); follower++) {
            edges.atMost(random, follower, 1 + random.nextInt(2 * mean), ordinary);
        }
        return new World(
                size,
                now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(size.signals()),
                edges.followers(),
                edges.followed());
    }

    /** Which round's targets the warm-up of that number takes: the last, and so on down. */
    public static int warmUpRound(int warmUp) {
        return MOST_ROUNDS - 1 - warmUp;
    }

    /** How much of everything there is. */
    public Size size() {
        return size;
    }

    /** How many follows there are. */
    public int follows() {
        return followers.length;
    }

    /** Who follows in the follow of that number. */
    public int follower(int follow) {
        return followers[follow];
    }

    /** Who is followed in the follow of that number. */
    public int followed(int follow) {
        return followed[follow];
    }

    /** How many follow that person. */
    public int followerCount(int person) {
        return followerCounts[person];
    }

    /** The person's id, a UUID of version 4's form that SQL can make as well: {@link #idInSql}. */
    public UUID id(int person) {
        return ids[person];
    }

    /** The id of the person whose number that expression is, as SQL. */
    public static String idInSql(String number) {
        return "overlay(overlay(md5((" + number + ")::text) placing '4' from 13) placing '8' from 17)::uuid";
    }

    /** The person's username; {@link #USERNAME_STEM} and the number. */
    public String username(int person) {
        return USERNAME_STEM + person;
    }

    /** The person's tier: those who post are past {@code free}. */
    public String tier(int person) {
        return person % 7 == 0 ? "elite" : person % 3 == 0 ? "grow" : "free";
    }

    /** Who does the following of that number in a round. */
    public int actor(int number) {
        return size.people() - size.actors() + number % size.actors();
    }

    /** One of those whose personal feed is read. */
    public int reader(Reader kind, int number) {
        int first = size.people() - size.actors() - (Reader.values().length - kind.ordinal()) * size.readers();
        return first + number % size.readers();
    }

    /** Whom everybody follows in that round. */
    public int star(int round) {
        return round;
    }

    /** One of the creators of the visibility case in that round. */
    public int creator(int round, int number) {
        return MOST_ROUNDS + round * size.creatorsARound() + number % size.creatorsARound();
    }

    /** Whom the actor of that number follows in a round of follows that are spread; another one in every round. */
    public int spread(int round, int number) {
        int first = MOST_ROUNDS * (1 + size.creatorsARound());
        int range = size.people() - size.actors() - first;
        return first + (int) ((number * 17L + round * 7919L) % range);
    }

    /** When a signal was posted: one a second, until the world was drawn. */
    public Instant postedAt(DrawnSignal signal) {
        return began.plusSeconds(signal.number());
    }

    /** Draws the signals, in the order of their posting. */
    public void signals(SignalSink sink) {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int i = 0; i < size.signals(); i++) {
            int creator = popular(random, size.people(), 2);
            sink.signal(new DrawnSignal(
                    i,
                    creator,
                    random.nextInt(20),
                    random.nextBoolean(),
                    1 + random.nextInt(90_000),
                    random.nextInt(100)));
        }
    }

    /** Number 0 is drawn most often. */
    private static int popular(SplittableRandom random, int people, int power) {
        return (int) (people * Math.pow(random.nextDouble(), power));
    }

    private static UUID drawnId(int person) {
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

    /** Takes signals one by one. */
    @FunctionalInterface
    public interface SignalSink {
        /** Takes the next one. */
        void signal(DrawnSignal signal);
    }

    /** Follows while they are drawn. */
    private static final class Edges {
        private final int[] followers;
        private final int[] followed;
        private int count;

        Edges(int most) {
            followers = new int[most];
            followed = new int[most];
        }

        /** So many people drawn, each of them followed once. */
        void atMost(SplittableRandom random, int follower, int drawn, int people) {
            add(
                    follower,
                    IntStream.generate(() -> popular(random, people, FOLLOWS_POWER))
                            .limit(drawn));
        }

        /** The greatest star, and people drawn until there are so many. */
        void exactly(SplittableRandom random, int follower, int wanted, int people) {
            add(
                    follower,
                    IntStream.concat(IntStream.of(0), IntStream.generate(() -> popular(random, people, FOLLOWS_POWER)))
                            .filter(person -> person != follower)
                            .distinct()
                            .limit(wanted));
        }

        private void add(int follower, IntStream drawn) {
            drawn.filter(person -> person != follower).sorted().distinct().forEach(person -> {
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
