package io.tradosphere.platform.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

/** A scheduler of the service's jobs. Runs of one job never overlap in one replica. */
@ApplicationScoped
class JobScheduler {

    private static final Logger LOG = Logger.getLogger(JobScheduler.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Instance<ScheduledJob> jobs;
    private volatile boolean stopping;

    JobScheduler(Vertx vertx, MeterRegistry metrics, @Any Instance<ScheduledJob> jobs) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.jobs = jobs;
    }

    void start(@Observes StartupEvent started) {
        jobs.forEach(job -> {
            failures(job);
            schedule(job);
        });
    }

    /** Runs after the last request and before the relay stops, so that events of the jobs are still published. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent stopped) {
        stopping = true;
        jobs.forEach(JobScheduler::finish);
    }

    private static void finish(ScheduledJob job) {
        try {
            job.beforeStop().await().atMost(STOP_TIMEOUT);
        } catch (RuntimeException failure) {
            LOG.warnf("Scheduled job '%s' failed at shutdown: %s", job.name(), failure);
        }
    }

    private void schedule(ScheduledJob job) {
        if (stopping) {
            return;
        }
        vertx.setTimer(
                job.every().toMillis(),
                timer -> job.run()
                        .onTermination()
                        .invoke(() -> schedule(job))
                        .subscribe()
                        .with(done -> {}, failure -> {
                            failures(job).increment();
                            LOG.warnf(
                                    "Scheduled job '%s' failed, next run in %s: %s", job.name(), job.every(), failure);
                        }));
    }

    private Counter failures(ScheduledJob job) {
        return Counter.builder("tradosphere.job.failures")
                .description("Runs of the scheduled job that failed in this instance")
                .tag("job_name", job.name())
                .register(metrics);
    }
}
