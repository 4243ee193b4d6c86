package io.tradosphere.cli.verify;

import java.time.Duration;
import java.util.concurrent.Flow;

/** The last line of a response that is still coming, and how old it is. */
final class LastLine implements Flow.Subscriber<String> {

    private volatile String text = "";
    private volatile long since = System.nanoTime();

    /** The last line; empty before the first. */
    String text() {
        return text;
    }

    /** The time since the last line; since the request before the first. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        text = line;
        since = System.nanoTime();
    }

    @Override
    public void onError(Throwable failure) {
        // The response fails with it.
    }

    @Override
    public void onComplete() {
        // The response ends with it.
    }
}
