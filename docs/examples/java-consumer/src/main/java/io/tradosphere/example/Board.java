package io.tradosphere.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.contracts.profile.ProfileUpdated;
import io.tradosphere.contracts.profile.TierChanged;
import io.tradosphere.contracts.signal.SignalViewed;
import io.tradosphere.contracts.social.FollowEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The state of this consumer, in one file: it is replaced at once, so a crash leaves the old state or the new one. A database does
 * the same with a transaction.
 */
final class Board {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /** The engagement topic keeps 7 days. Kafka deletes late, so add 14. */
    private static final Duration IDS_ARE_KEPT = Duration.ofDays(21);

    /** A profile. */
    record Profile(String username, long incarnation) {}

    /** A follow, by the incarnations of both. */
    record Pair(long followerIncarnation, long followingIncarnation) {}

    /** How often a signal was viewed, and whose it is. */
    record Views(UUID creatorId, long creatorIncarnation, long count) {}

    /**
     * What the file holds.
     *
     * @param profiles who there is, by profile id
     * @param follows who follows whom, by the record's key
     * @param views how often each signal was viewed, by its id
     * @param sequences the highest sequence of each key of a compacted topic
     * @param ids ids of events that were added up, with the time they were, in milliseconds since 1970
     * @param erased who was erased, up to which incarnation
     */
    record State(
            Map<String, Profile> profiles,
            Map<String, Pair> follows,
            Map<String, Views> views,
            Map<String, Long> sequences,
            Map<String, Long> ids,
            Map<String, Long> erased) {}

    private final Path file;
    private final State state;

    private Board(Path file, State state) {
        this.file = file;
        this.state = state;
    }

    static Board load(Path file) throws IOException {
        State state = Files.exists(file)
                ? JSON.readValue(file.toFile(), State.class)
                : new State(
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>());
        return new Board(file, state);
    }

    void save() throws IOException {
        long expired = System.currentTimeMillis() - IDS_ARE_KEPT.toMillis();
        state.ids().values().removeIf(at -> at < expired);
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.write(made, JSON.writeValueAsBytes(state));
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Keeps a record that can never be read, for a person to look at. */
    void park(String topic, int partition, long offset, String reason) throws IOException {
        Map<String, Object> letter = Map.of("topic", topic, "partition", partition, "offset", offset, "reason", reason);
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".parked"),
                JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(letter) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Applies a tombstone. */
    void remove(String topic, String key, long sequence) {
        if (isNew(topic, key, sequence)) {
            (topic.endsWith(".follows") ? state.follows() : state.profiles()).remove(key);
        }
    }

    /** Applies an event. A repeated or late one changes nothing. */
    void apply(Envelope envelope, Event event, String topic) {
        if (event instanceof ProfileCreated made) {
            put(envelope, topic, made.profile());
        } else if (event instanceof ProfileUpdated updated) {
            put(envelope, topic, updated.profile());
        } else if (event instanceof TierChanged changed) {
            put(envelope, topic, changed.profile());
        } else if (event instanceof ProfileDeleted deleted) {
            remove(topic, deleted.key(), envelope.sequence());
        } else if (event instanceof FollowEvent follow) {
            apply(envelope, topic, follow);
        } else if (event instanceof SignalViewed viewed) {
            add(envelope, viewed);
        } else if (event instanceof Erased gone) {
            erase(gone);
        }
        // Other events are of no interest to this consumer.
    }

    private void put(Envelope envelope, String topic, ProfileState profile) {
        String id = profile.profileId().toString();
        if (isNew(topic, id, envelope.sequence()) && !isErased(id, profile.incarnation())) {
            state.profiles().put(id, new Profile(profile.username(), profile.incarnation()));
        }
    }

    private void apply(Envelope envelope, String topic, FollowEvent follow) {
        if (!isNew(topic, follow.key(), envelope.sequence())) {
            return;
        }
        boolean counts = follow.sign() > 0
                && !isErased(follow.followerId().toString(), follow.followerIncarnation())
                && !isErased(follow.followingId().toString(), follow.followingIncarnation());
        if (counts) {
            state.follows().put(follow.key(), new Pair(follow.followerIncarnation(), follow.followingIncarnation()));
        } else {
            state.follows().remove(follow.key());
        }
    }

    /** Views add up, and their topic expires: the id says whether an event was applied. */
    private void add(Envelope envelope, SignalViewed viewed) {
        if (isErased(viewed.creatorId().toString(), viewed.creatorIncarnation())
                || state.ids().putIfAbsent(envelope.id().toString(), System.currentTimeMillis()) != null) {
            return;
        }
        state.views()
                .merge(
                        viewed.signalId().toString(),
                        new Views(viewed.creatorId(), viewed.creatorIncarnation(), viewed.count()),
                        (known, more) ->
                                new Views(more.creatorId(), more.creatorIncarnation(), known.count() + more.count()));
    }

    private void erase(Erased gone) {
        state.erased().merge(gone.profileId().toString(), gone.incarnation(), Math::max);
        state.profiles()
                .entrySet()
                .removeIf(
                        profile -> isErased(profile.getKey(), profile.getValue().incarnation()));
        state.follows().entrySet().removeIf(follow -> {
            String[] pair = follow.getKey().split(":", 2);
            return isErased(pair[0], follow.getValue().followerIncarnation())
                    || isErased(pair[1], follow.getValue().followingIncarnation());
        });
        state.views().values().removeIf(signal -> isErased(signal.creatorId().toString(), signal.creatorIncarnation()));
    }

    private boolean isNew(String topic, String key, long sequence) {
        String subject = topic + " " + key;
        if (sequence <= state.sequences().getOrDefault(subject, 0L)) {
            return false;
        }
        state.sequences().put(subject, sequence);
        return true;
    }

    private boolean isErased(String id, long incarnation) {
        return incarnation <= state.erased().getOrDefault(id, 0L);
    }
}
