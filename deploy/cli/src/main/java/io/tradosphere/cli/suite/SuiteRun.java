package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One run of the suite, from locking the data folder to unlocking it. */
final class SuiteRun {

    private static final List<String> DATA =
            List.of("postgres", "kafka", "oidc", "apps", "secrets.properties", "stripe.journal");

    private final SuiteSettings settings;
    private final Progress progress;
    private final SuiteLock lock;
    private Supervisor supervisor;
    private volatile boolean ended;

    /**
     * Locks the data folder.
     *
     * @throws StackException when another suite runs there; one line
     */
    SuiteRun(SuiteSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.lock = SuiteLock.acquire(settings.data());
    }

    /**
     * Starts the suite and blocks until the JVM receives a signal to end.
     *
     * @param reset whether all data is deleted first
     * @return the exit code
     * @throws StackException when it doesn't start; everything has been stopped by then; one line
     */
    int stay(boolean reset) {
        Thread onSignal = new Thread(this::end, "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            cleanUp(reset);
            start();
            new CountDownLatch(1).await();
            return 0;
        } catch (StackException failure) {
            if (ended) {
                return 130;
            }
            end();
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private void cleanUp(boolean reset) {
        DataFolder data = settings.data();
        OrphanedProcesses orphans = new OrphanedProcesses(data.run(), progress);
        List<String> names = orphans.names();
        if (!names.isEmpty()) {
            progress.report("an earlier run was killed; stopping its processes: " + String.join(", ", names));
        }
        orphans.stop();
        Folders.delete(data.endpoints());
        if (reset) {
            DATA.forEach(name -> Folders.delete(data.resolve(name)));
            progress.report("all data is deleted");
        }
    }

    private void start() {
        Suite suite = new Suite(settings, PortPlan.choose(settings.port(), settings.replicas()));
        synchronized (this) {
            if (ended) {
                throw new StackException("stopped");
            }
            supervisor = new Supervisor(suite, settings.data().endpoints(), progress);
        }
        supervisor.start();
        if (ended) {
            throw new StackException("stopped");
        }
        String option = settings.data().asOption();
        progress.line(suite.stripeNotice());
        progress.line("TradoSphere is ready at " + suite.url());
        progress.line(
                "Tokens: ./tradosphere token alice bob" + option + "    Stop: Ctrl-C or ./tradosphere down" + option);
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        lock.stopping();
        if (supervisor != null) {
            supervisor.stopRestarting();
        }
        progress.report("stopping");
        OrphanedProcesses orphans = new OrphanedProcesses(settings.data().run(), progress);
        orphans.stop();
        // One that was being started while the others were stopped.
        orphans.stop();
        lock.close();
        progress.report("everything has stopped");
    }
}
