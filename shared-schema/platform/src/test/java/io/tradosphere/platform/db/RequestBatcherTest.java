package io.tradosphere.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.platform.identity.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestBatcherTest {

    private static final UUID LOCKED = UUID.randomUUID();

    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database();
    private final RequestBatcher<Follow, UUID> batcher = new RequestBatcher<>(
            vertx,
            1,
            database,
            (requests, rows) -> requests.stream().map(Follow::followed).toList());

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void requests_for_a_locked_row_are_in_no_batch_with_others_while_one_waits_for_it() {
        // given a request that waits for a locked row
        database.locked.add(LOCKED);
        ask(LOCKED);
        await().until(() -> !database.lockWaits.isEmpty());
        database.batches.clear();

        // when more of them arrive among those for other rows
        List<CompletableFuture<UUID>> others = IntStream.range(0, 200)
                .mapToObj(i -> Stream.of(ask(LOCKED), ask(UUID.randomUUID())))
                .flatMap(pair -> pair.skip(1))
                .toList();

        // then those for other rows are answered, from batches that none of the waiting ones was in
        others.forEach(CompletableFuture::join);
        assertThat(database.batches).noneMatch(batch -> batch.size() > 1 && touches(batch, LOCKED));
        assertThat(database.lockWaits).as("one of them holds a connection").hasSize(1);
    }

    @Test
    void requests_for_a_row_are_batched_again_once_its_lock_is_released() {
        // given requests that wait for a locked row
        database.locked.add(LOCKED);
        List<CompletableFuture<UUID>> waiting =
                Stream.generate(() -> ask(LOCKED)).limit(20).toList();
        await().until(() -> !database.lockWaits.isEmpty());
        database.batches.clear();

        // when the lock is released
        database.release(LOCKED);

        // then the others follow together
        waiting.forEach(CompletableFuture::join);
        assertThat(database.batches).anyMatch(batch -> batch.size() > 10);
    }

    @Test
    void a_row_that_stays_locked_holds_up_no_request_for_another_locked_row() {
        // given two locked rows, of which many wait for the first
        UUID other = UUID.randomUUID();
        database.locked.addAll(List.of(LOCKED, other));
        IntStream.range(0, 20).forEach(i -> ask(LOCKED));
        await().until(() -> !database.lockWaits.isEmpty());
        CompletableFuture<UUID> request = ask(other);

        // when the second is released
        await().until(() ->
                database.lockWaits.stream().anyMatch(wait -> wait.row().equals(other)));
        database.release(other);

        // then its request is answered
        assertThat(request.join()).isEqualTo(other);
    }

    @Test
    void a_caller_whose_own_row_is_locked_holds_up_nobody_who_follows_the_same_profile() {
        // given a caller whose row is locked
        database.locked.add(LOCKED);
        UUID star = UUID.randomUUID();
        CompletableFuture<UUID> lockedOut = ask(LOCKED, star);
        await().until(() -> !database.lockWaits.isEmpty());

        // when others follow the profile that it wants to follow
        List<CompletableFuture<UUID>> others =
                Stream.generate(() -> ask(star)).limit(20).toList();

        // then they are answered while it waits
        others.forEach(CompletableFuture::join);
        assertThat(lockedOut).isNotDone();
    }

    @Test
    void a_request_that_gets_no_lock_fails_and_the_next_one_waits_only_for_what_is_left_of_its_patience() {
        // given two requests for a locked row
        database.locked.add(LOCKED);
        CompletableFuture<UUID> first = ask(LOCKED);
        ask(LOCKED);
        await().until(() -> !database.lockWaits.isEmpty());

        // when the first gets no lock in time
        Wait given = database.lockWaits.remove(0);
        given.outcome().fail(Database.notAvailable());

        // then it fails, and the second waits
        assertThat(first).failsWithin(Duration.ofSeconds(20));
        await().until(() -> !database.lockWaits.isEmpty());
        assertThat(database.lockWaits.get(0).lockTimeout()).isLessThan(Duration.ofSeconds(5));
    }

    private CompletableFuture<UUID> ask(UUID followed) {
        return ask(UUID.randomUUID(), followed);
    }

    private CompletableFuture<UUID> ask(UUID caller, UUID followed) {
        return batcher.ask(new Follow(new Caller(caller, false, null), followed))
                .subscribeAsCompletionStage();
    }

    private static boolean touches(List<Follow> batch, UUID row) {
        return batch.stream().anyMatch(follow -> follow.rows().contains(row));
    }

    private record Follow(Caller caller, UUID followed) implements RequestBatcher.Request {

        @Override
        public List<UUID> rows() {
            return List.of(caller.id(), followed);
        }
    }

    private record Wait(UUID row, Duration lockTimeout, Promise<RowSet<Row>> outcome) {}

    /** What PostgreSQL does where rows are locked. */
    private static final class Database implements RequestBatcher.Statement<Follow> {

        final Set<UUID> locked = ConcurrentHashMap.newKeySet();
        final List<List<Follow>> batches = new CopyOnWriteArrayList<>();
        final List<Wait> lockWaits = new CopyOnWriteArrayList<>();

        @Override
        public Future<RowSet<Row>> run(List<Follow> batch, Duration lockTimeout) {
            batches.add(List.copyOf(batch));
            UUID row = batch.stream()
                    .flatMap(follow -> follow.rows().stream())
                    .filter(locked::contains)
                    .findFirst()
                    .orElse(null);
            if (row == null) {
                return Future.succeededFuture();
            }
            if (lockTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
                return Future.failedFuture(notAvailable());
            }
            Wait wait = new Wait(row, lockTimeout, Promise.promise());
            lockWaits.add(wait);
            return wait.outcome().future();
        }

        void release(UUID row) {
            locked.remove(row);
            lockWaits.stream()
                    .filter(wait -> wait.row().equals(row))
                    .forEach(wait -> wait.outcome().complete());
        }

        static PgException notAvailable() {
            return new PgException("canceling statement due to lock timeout", "ERROR", "55P03", null);
        }
    }
}
