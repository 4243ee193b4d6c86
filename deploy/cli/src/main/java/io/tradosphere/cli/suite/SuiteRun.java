package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.StackException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One run of the suite, from taking the data folder to letting go of it. */
final class SuiteRun {

    private static final List<String> DATA = List.of("postgres", "kafka", "oidc", "apps", "secrets.properties");

    private final SuiteSettings settings;
    private final Progress progress;
    private final SuiteLock lock;
    private Supervisor supervisor;
    private volatile boolean over;

    /**
     * Takes the data folder.
     *
     * @throws StackException when another suite runs there; one line
     */
    SuiteRun(SuiteSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.lock = SuiteLock.take(settings.data());
    }

    /**
     * Starts the suite and stays until the JVM is told to end.
     *
     * @param reset whether all data is forgotten first
     * @return the exit code
     * @throws StackException when it doesn't come up, and everything has been stopped again; one line
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
            if (over) {
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
        Leftovers leftovers = new Leftovers(data.run(), progress);
        List<String> names = leftovers.names();
        if (!names.isEmpty()) {
            progress.say("an earlier run was killed; stopping what it left: " + String.join(", ", names));
        }
        leftovers.stop();
        Folders.delete(data.endpoints());
        if (reset) {
            DATA.forEach(name -> Folders.delete(data.resolve(name)));
            progress.say("all data is forgotten");
        }
    }

    private void start() {
        Suite suite = new Suite(settings, PortPlan.choose(settings.port(), settings.replicas()));
        synchronized (this) {
            if (over) {
                throw new StackException("stopped");
            }
            supervisor = new Supervisor(suite, settings.data().endpoints(), progress);
        }
        supervisor.start();
        if (over) {
            throw new StackException("stopped");
        }
        String option = settings.data().asOption();
        progress.line("TradoSphere is ready at " + suite.url());
        progress.line(
                "People: ./tradosphere token alice bob" + option + "    Stop: Ctrl-C or ./tradosphere down" + option);
    }

    private synchronized void end() {
        if (over) {
            return;
        }
        over = true;
        lock.stopping();
        if (supervisor != null) {
            supervisor.retire();
        }
        progress.say("stopping");
        Leftovers leftovers = new Leftovers(settings.data().run(), progress);
        leftovers.stop();
        // One that was being started while the others were stopped.
        leftovers.stop();
        lock.close();
        progress.say("everything has stopped");
    }
}
