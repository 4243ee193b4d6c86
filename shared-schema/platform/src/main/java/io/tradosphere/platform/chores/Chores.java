package io.tradosphere.platform.chores;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Runs the service's chores, each one round at a time. */
@ApplicationScoped
class Chores {

    private static final Logger LOG = Logger.getLogger(Chores.class);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Instance<Chore> chores;
    private volatile boolean stopping;

    Chores(Vertx vertx, @Any Instance<Chore> chores) {
        this.vertx = vertx;
        this.chores = chores;
    }

    void start(@Observes StartupEvent started) {
        chores.forEach(this::schedule);
    }

    /** Runs after the last request and before the relay stops, which still sends what this commits. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent stopped) {
        stopping = true;
        chores.forEach(Chores::finish);
    }

    private static void finish(Chore chore) {
        try {
            chore.beforeStop().await().atMost(FAREWELL);
        } catch (RuntimeException trouble) {
            LOG.warnf("Chore '%s' leaves something undone: %s", chore.name(), trouble);
        }
    }

    private void schedule(Chore chore) {
        if (stopping) {
            return;
        }
        vertx.setTimer(
                chore.every().toMillis(),
                timer -> chore.run()
                        .onTermination()
                        .invoke(() -> schedule(chore))
                        .subscribe()
                        .with(
                                done -> {},
                                failure -> LOG.warnf(
                                        "Chore '%s' tries again in %s: %s", chore.name(), chore.every(), failure)));
    }
}
