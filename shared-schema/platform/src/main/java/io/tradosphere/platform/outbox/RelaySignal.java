package io.tradosphere.platform.outbox;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells the relay that a transaction has committed. Cheap enough to be called after every one. */
@ApplicationScoped
public class RelaySignal {

    private volatile Runnable listener = () -> {};

    /** Called after a commit that may have left rows in the outbox. */
    public void committed() {
        listener.run();
    }

    void listenWith(Runnable wake) {
        listener = wake;
    }
}
