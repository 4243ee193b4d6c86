package io.tradosphere.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntFunction;

/** Requests at a fixed rate, however long their answers take. Lives on the generator's event loop. */
final class OpenLoop {

    private final Generator generator;
    private final IntFunction<Call> calls;
    private final int requests;
    private final double nanosBetween;
    private final Generator.Observer observer;
    private final Tally tally = new Tally();
    private final Promise<Load> outcome = Promise.promise();
    private final long began = System.nanoTime();
    private int next;
    private int answered;

    OpenLoop(Generator generator, IntFunction<Call> calls, int requests, int perSecond, Generator.Observer observer) {
        this.generator = generator;
        this.calls = calls;
        this.requests = requests;
        this.nanosBetween = 1e9 / perSecond;
        this.observer = observer;
    }

    Future<Load> run() {
        generator.vertx().setPeriodic(1, timer -> {
            while (next < requests && System.nanoTime() >= due(next)) {
                send(next++);
            }
            if (next == requests) {
                generator.vertx().cancelTimer(timer);
            }
        });
        return outcome.future();
    }

    private long due(int number) {
        return began + (long) (number * nanosBetween);
    }

    private void send(int number) {
        observer.started(number);
        generator.sendBeside(calls.apply(number)).onComplete(answer -> {
            if (tally.add(due(number), answer)) {
                observer.answered(number);
            }
            if (++answered == requests) {
                outcome.tryComplete(tally.load());
            }
        });
    }
}
