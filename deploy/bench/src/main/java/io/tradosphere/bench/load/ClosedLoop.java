package io.tradosphere.bench.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.IntFunction;

/** A closed-loop load: each client sends its next request after the previous response. Runs on the generator's event loop. */
final class ClosedLoop {

    private final LoadGenerator generator;
    private final IntFunction<Call> calls;
    private final LoadGenerator.LoopCondition condition;
    private final LoadGenerator.Observer observer;
    private final LoadRecorder recorder = new LoadRecorder();
    private final Promise<Load> outcome = Promise.promise();
    private int next;
    private int activeClients;

    ClosedLoop(
            LoadGenerator generator,
            IntFunction<Call> calls,
            LoadGenerator.LoopCondition condition,
            LoadGenerator.Observer observer) {
        this.generator = generator;
        this.calls = calls;
        this.condition = condition;
        this.observer = observer;
    }

    Future<Load> run() {
        activeClients = LoadGenerator.CONNECTIONS;
        for (int i = 0; i < LoadGenerator.CONNECTIONS; i++) {
            sendNext();
        }
        return outcome.future();
    }

    private void sendNext() {
        if (!condition.test(next)) {
            if (--activeClients == 0) {
                outcome.tryComplete(recorder.load());
            }
            return;
        }
        int number = next++;
        observer.started(number);
        long sent = System.nanoTime();
        generator.send(calls.apply(number)).onComplete(response -> responded(number, sent, response));
    }

    private void responded(int number, long since, AsyncResult<LoadGenerator.Response> response) {
        if (recorder.add(since, response)) {
            observer.responded(number);
        }
        sendNext();
    }
}
