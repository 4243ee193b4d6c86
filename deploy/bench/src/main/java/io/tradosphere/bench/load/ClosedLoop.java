package io.tradosphere.bench.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntFunction;

/** Clients that each send their next request when the one before is answered. Lives on the generator's event loop. */
final class ClosedLoop {

    private final Generator generator;
    private final IntFunction<Call> calls;
    private final Generator.Until until;
    private final Generator.Observer observer;
    private final Tally tally = new Tally();
    private final Promise<Load> outcome = Promise.promise();
    private int next;
    private int busy;

    ClosedLoop(Generator generator, IntFunction<Call> calls, Generator.Until until, Generator.Observer observer) {
        this.generator = generator;
        this.calls = calls;
        this.until = until;
        this.observer = observer;
    }

    Future<Load> run() {
        busy = Generator.CONNECTIONS;
        for (int i = 0; i < Generator.CONNECTIONS; i++) {
            go();
        }
        return outcome.future();
    }

    private void go() {
        if (!until.goesOn(next)) {
            if (--busy == 0) {
                outcome.tryComplete(tally.load());
            }
            return;
        }
        int number = next++;
        observer.started(number);
        long sent = System.nanoTime();
        generator.send(calls.apply(number)).onComplete(answer -> answered(number, sent, answer));
    }

    private void answered(int number, long since, AsyncResult<Generator.Answer> answer) {
        if (tally.add(since, answer)) {
            observer.answered(number);
        }
        go();
    }
}
