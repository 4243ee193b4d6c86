package io.tradosphere.platform.outbox;

import jakarta.enterprise.context.ApplicationScoped;

/** A notifier that wakes the outbox relay after a commit. Cheap enough to call after every transaction. */
@ApplicationScoped
public class CommitNotifier {

    private volatile Runnable listener = () -> {};

    /** Notifies the relay. Call it after a commit that may have written outbox rows. */
    public void committed() {
        listener.run();
    }

    void listenWith(Runnable wake) {
        listener = wake;
    }
}
