package io.tradosphere.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntFunction;

/** An open-loop load: requests at a fixed rate, independent of the responses. Runs on the generator's event loop. */
final class OpenLoop {

    private final LoadGenerator generator;
    private final IntFunction<Call> calls;
    private final int requests;
    private final double nanosBetween;
    private final LoadGenerator.Observer observer;
    private final LoadRecorder recorder = new LoadRecorder();
    private final Promise<Load> outcome = Promise.promise();
    private final long startedAt = System.nanoTime();
    private int next;
    private int responded;

    OpenLoop(
            LoadGenerator generator,
            IntFunction<Call> calls,
            int requests,
            int perSecond,
            LoadGenerator.Observer observer) {
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
        return startedAt + (long) (number * nanosBetween);
    }

    private void send(int number) {
        observer.started(number);
        generator.sendUnpooled(calls.apply(number)).onComplete(response -> {
            if (recorder.add(due(number), response)) {
                observer.responded(number);
            }
            if (++responded == requests) {
                outcome.tryComplete(recorder.load());
            }
        });
    }
}
