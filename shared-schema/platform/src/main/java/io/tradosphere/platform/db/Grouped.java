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
import io.vertx.sqlclient.RowSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What many callers ask for at the same moment, as one statement and one transaction for all of them: a group. Whoever asks while few
 * groups are under way is a group of one, at once; whoever asks meanwhile waits for the next, so groups grow with the load and
 * nobody waits for a clock.
 *
 * <p>A group's transaction acts for its members ({@code auth.callers()}) and for nobody else. No member pays for another: when the
 * database refuses a group, or somebody in it would have to wait for a lock, nothing of it is stored and each member is asked for
 * alone. Answers come in the order in which groups end, not in that of the requests, as with requests that are served at the same time.
 *
 * @param <A> what one caller asks for
 * @param <T> the answer
 */
public final class Grouped<A extends Grouped.Asked, T> {

    private static final int LARGEST_GROUP = 64;

    /** SQLSTATE of a lock that was not to be had in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Vertx vertx;
    private final int groupsAtOnce;
    private final Statement<A> statement;
    private final BiFunction<List<A>, RowSet<Row>, List<T>> answers;
    /** What follows is touched on this event loop alone. */
    private final Context loop;

    private final Queue<Member<A, T>> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * Statements of that kind.
     *
     * @param groupsAtOnce how many groups may be under way
     * @param answers what the statement's rows come to for each who asked, in their order
     */
    Grouped(Vertx vertx, int groupsAtOnce, Statement<A> statement, BiFunction<List<A>, RowSet<Row>, List<T>> answers) {
        this.vertx = vertx;
        this.groupsAtOnce = groupsAtOnce;
        this.statement = statement;
        this.answers = answers;
        // The request that happens to be the first has a context of its own, on the same loop.
        this.loop = VertxContext.getRootContext(vertx.getOrCreateContext());
    }

    /** What somebody asks for. */
    public interface Asked {

        /** Who asks. */
        Caller caller();
    }

    /** Runs for a group. */
    @FunctionalInterface
    interface Statement<A> {

        /** @param hurried whether to give up rather than wait for a lock for longer than others hold one */
        Future<RowSet<Row>> run(List<A> group, boolean hurried);
    }

    /**
     * Asks.
     *
     * @return the answer, once the transaction is committed
     */
    public Uni<T> ask(A asked) {
        return Uni.createFrom().deferred(() -> {
            Context asking = vertx.getOrCreateContext();
            Member<A, T> member = new Member<>(asked, Promise.promise());
            loop.runOnContext(now -> {
                waiting.add(member);
                next();
            });
            return UniHelper.toUni(member.answer().future()).emitOn(answer -> asking.runOnContext(now -> answer.run()));
        });
    }

    private void next() {
        if (underWay == groupsAtOnce || waiting.isEmpty()) {
            return;
        }
        List<Member<A, T>> group = new ArrayList<>();
        while (group.size() < LARGEST_GROUP && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        underWay++;
        send(group);
    }

    private void send(List<Member<A, T>> group) {
        run(group, true, outcome -> {
            underWay--;
            if (outcome.succeeded() || !isRefusal(outcome.cause(), group.size())) {
                answer(group, outcome);
            } else {
                // Not counted as under way: whoever has to wait for a lock keeps no group from going on.
                group.forEach(member -> run(List.of(member), false, alone -> answer(List.of(member), alone)));
            }
            next();
        });
    }

    /** Whether the database is to be asked again for each member alone: one would have to wait, or is to blame for all. */
    private static boolean isRefusal(Throwable failure, int members) {
        return failure instanceof PgException pg && (members > 1 || LOCK_NOT_AVAILABLE.equals(pg.getSqlState()));
    }

    private void run(List<Member<A, T>> group, boolean hurried, Consumer<AsyncResult<List<T>>> then) {
        List<A> asked = group.stream().map(Member::asked).toList();
        Future.succeededFuture()
                // In here, so that whatever is thrown is an answer too.
                .compose(begun -> statement.run(asked, hurried))
                .map(rows -> answers.apply(asked, rows))
                .onComplete(outcome -> loop.runOnContext(now -> then.accept(outcome)));
    }

    private static <A, T> void answer(List<Member<A, T>> group, AsyncResult<List<T>> outcome) {
        for (int i = 0; i < group.size(); i++) {
            Promise<T> answer = group.get(i).answer();
            if (outcome.succeeded()) {
                answer.complete(outcome.result().get(i));
            } else {
                answer.fail(outcome.cause());
            }
        }
    }

    private record Member<A, T>(A asked, Promise<T> answer) {}
}
