package io.tradosphere.platform.db;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.platform.identity.Caller;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A command that many callers give at the same moment, as one statement and one commit for all of them: a group. Whoever asks while
 * nothing is under way is a group of one, at once; whoever asks meanwhile waits for the next, so groups grow with the load and
 * nobody waits for a clock.
 *
 * <p>A group's transaction acts for its members ({@code auth.callers()}) and for nobody else. No member pays for another: when the
 * database refuses a group, or somebody in it would have to wait for a lock, nothing of it is stored and each member is asked for
 * alone. Answers come in the order in which groups are committed, not in that of the requests, as with requests that are served at the same time.
 *
 * @param <A> what one caller asks for
 */
public final class GroupedCommand<A extends GroupedCommand.Asked> {

    private static final int LARGEST_GROUP = 64;

    /** SQLSTATE of a lock that was not to be had in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Slice slice;
    private final Vertx vertx;
    private final String sql;
    private final Function<List<A>, Object[]> arguments;
    /** What follows is touched on this event loop alone. */
    private final Context loop;

    private final Queue<Member<A>> waiting = new ArrayDeque<>();
    private boolean underWay;

    GroupedCommand(Slice slice, Vertx vertx, String sql, Function<List<A>, Object[]> arguments) {
        this.slice = slice;
        this.vertx = vertx;
        this.sql = sql;
        this.arguments = arguments;
        // The request that happens to be the first has a context of its own, on the same loop.
        this.loop = VertxContext.getRootContext(vertx.getOrCreateContext());
    }

    /** Somebody's command. */
    public interface Asked {

        /** Who gives it. */
        Caller caller();
    }

    /**
     * Gives the command.
     *
     * @return the row about it, once it is committed
     */
    public Uni<Row> give(A asked) {
        return Uni.createFrom().deferred(() -> {
            Context asking = vertx.getOrCreateContext();
            Member<A> member = new Member<>(asked, Promise.promise());
            loop.runOnContext(now -> {
                waiting.add(member);
                next();
            });
            return UniHelper.toUni(member.answer().future()).emitOn(answer -> asking.runOnContext(now -> answer.run()));
        });
    }

    private void next() {
        if (underWay || waiting.isEmpty()) {
            return;
        }
        List<Member<A>> group = new ArrayList<>();
        while (group.size() < LARGEST_GROUP && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        underWay = true;
        send(group);
    }

    private void send(List<Member<A>> group) {
        commit(group, true, outcome -> {
            underWay = false;
            if (outcome.succeeded() || !isRefusal(outcome.cause(), group.size())) {
                answer(group, outcome);
            } else {
                // Not counted as under way: whoever has to wait for a lock keeps no group from going on.
                group.forEach(member -> commit(List.of(member), false, alone -> answer(List.of(member), alone)));
            }
            next();
        });
    }

    /** Whether the database is to be asked again for each member alone: one would have to wait, or is to blame for all. */
    private static boolean isRefusal(Throwable failure, int members) {
        return failure instanceof PgException pg && (members > 1 || LOCK_NOT_AVAILABLE.equals(pg.getSqlState()));
    }

    private void commit(List<Member<A>> group, boolean hurried, Consumer<AsyncResult<RowSet<Row>>> then) {
        List<A> asked = group.stream().map(Member::asked).toList();
        List<Caller> callers = asked.stream().map(Asked::caller).toList();
        Future.succeededFuture()
                // In here, so that whatever is thrown is an answer too.
                .compose(begun -> slice.commands(callers, hurried, sql, arguments.apply(asked)))
                .map(rows -> oneForEach(group, rows))
                .onComplete(outcome -> loop.runOnContext(now -> then.accept(outcome)));
    }

    private static RowSet<Row> oneForEach(List<?> group, RowSet<Row> rows) {
        if (rows.size() != group.size()) {
            throw new IllegalStateException(
                    "A statement for " + group.size() + " callers has answered with " + rows.size() + " rows");
        }
        return rows;
    }

    private static <A> void answer(List<Member<A>> group, AsyncResult<RowSet<Row>> outcome) {
        if (outcome.failed()) {
            group.forEach(member -> member.answer().fail(outcome.cause()));
            return;
        }
        RowIterator<Row> rows = outcome.result().iterator();
        group.forEach(member -> member.answer().complete(rows.next()));
    }

    private record Member<A>(A asked, Promise<Row> answer) {}
}
