package io.tradosphere.platform.buffer;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A buffer of what requests say and nobody has stored yet, one value for each key. It is stored in batches that never
 * change. So a batch whose commit is unknown can be stored again under the same id.
 *
 * @param <K> what a value is about, such as a signal and its viewer
 * @param <V> what is stored for it
 */
public class WriteBuffer<K, V> {

    private final int room;
    private final int batchSize;
    private final BinaryOperator<V> merge;
    private Map<K, V> open = new LinkedHashMap<>();
    private Iterator<Map.Entry<K, V>> sealed = Collections.emptyIterator();
    private Batch<K, V> batch;

    /** Entries to be stored together once; {@code id} identifies the batch. */
    public record Batch<K, V>(UUID id, List<Entry<K, V>> entries) {

        /** One value of every entry, for a parameter that is an array. */
        public <T> T[] column(Function<Entry<K, V>, T> value, IntFunction<T[]> array) {
            return entries.stream().map(value).toArray(array);
        }
    }

    /** A key with its value. */
    public record Entry<K, V>(K key, V value) {}

    /**
     * An empty buffer.
     *
     * @param room the maximum number of entries, and as many again while earlier ones are being stored
     * @param batchSize the maximum number of entries in one transaction
     * @param merge what a later value makes of an earlier one of the same key
     */
    public WriteBuffer(int room, int batchSize, BinaryOperator<V> merge) {
        this.room = room;
        this.batchSize = batchSize;
        this.merge = merge;
    }

    /**
     * Takes a value. Further values of a key need no space.
     *
     * @return whether it was taken; false when the buffer is full
     */
    public synchronized boolean add(K key, V value) {
        if (open.size() >= room && !open.containsKey(key)) {
            return false;
        }
        open.merge(key, value, merge);
        return true;
    }

    /**
     * Stores what was taken so far, batch by batch. Fails with the first batch that fails; it stays the next one.
     *
     * @param store stores a batch; it may be given the same one again
     */
    public Uni<Void> flush(Function<Batch<K, V>, Uni<Void>> store) {
        return Uni.createFrom().deferred(() -> {
            seal();
            return storeSealed(store);
        });
    }

    private Uni<Void> storeSealed(Function<Batch<K, V>, Uni<Void>> store) {
        return next().map(next -> store.apply(next).invoke(() -> stored(next)).chain(() -> storeSealed(store)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /**
     * Closes the collection of the current entries for storage. While earlier ones are left, collection continues
     * instead.
     */
    private synchronized void seal() {
        if (batch == null && !sealed.hasNext()) {
            sealed = open.entrySet().iterator();
            open = new LinkedHashMap<>();
        }
    }

    /** The next batch to store; the same one until it {@linkplain #stored is stored}. */
    private synchronized Optional<Batch<K, V>> next() {
        if (batch == null && sealed.hasNext()) {
            List<Entry<K, V>> entries = new ArrayList<>();
            while (sealed.hasNext() && entries.size() < batchSize) {
                Map.Entry<K, V> entry = sealed.next();
                entries.add(new Entry<>(entry.getKey(), entry.getValue()));
            }
            batch = new Batch<>(UUID.randomUUID(), List.copyOf(entries));
        }
        return Optional.ofNullable(batch);
    }

    /** Discards a stored batch; idempotent. */
    protected synchronized void stored(Batch<K, V> stored) {
        if (batch != null && batch.id().equals(stored.id())) {
            batch = null;
        }
    }
}
