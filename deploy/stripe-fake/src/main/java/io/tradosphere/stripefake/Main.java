package io.tradosphere.stripefake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of the fake. It runs until SIGTERM.
 *
 * <p>Arguments: {@code --port N [--seed N] [--clock INSTANT] [--webhook URL=SECRET]… [--connect-webhook URL=SECRET]…
 * [--api-version V] [--retries P1D,P3D,…] [--after-retries cancel|unpaid|past_due] [--max-objects N] [--state FILE] [--exit-with
 * PID]}. With {@code --clock} the clock starts there and stands still until it is moved. With {@code --exit-with} the
 * fake ends when that process ends.
 */
public final class Main {

    private static final String USAGE = "usage: --port N [--seed N] [--clock INSTANT] [--webhook URL=SECRET]…"
            + " [--connect-webhook URL=SECRET]… [--api-version V] [--retries P1D,P3D,…]"
            + " [--after-retries cancel|unpaid|past_due] [--max-objects N] [--state FILE] [--exit-with PID]";

    private Main() {}

    /**
     * Starts the fake and waits for its end.
     *
     * @param args see the class
     * @throws Exception when it cannot start; the reason is on standard error
     */
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.defaults();
        Settings.AfterRetries then = settings.afterRetries();
        List<Duration> retries = settings.retries();
        List<Settings.Endpoint> endpoints = new ArrayList<>();
        Long exitWith = null;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--port" -> settings = settings.withPort(Integer.parseInt(value));
                case "--seed" -> settings = settings.withSeed(Long.parseLong(value));
                case "--clock" -> settings = settings.withFrozenClock(Instant.parse(value));
                case "--webhook" -> endpoints.add(endpoint(value, false));
                case "--connect-webhook" -> endpoints.add(endpoint(value, true));
                case "--api-version" -> settings = settings.withApiVersion(value);
                case "--retries" ->
                    retries =
                            Arrays.stream(value.split(",")).map(Duration::parse).toList();
                case "--after-retries" ->
                    then = Settings.AfterRetries.valueOf(value.toUpperCase(java.util.Locale.ROOT));
                case "--max-objects" -> settings = settings.withMaxObjects(Integer.parseInt(value));
                case "--state" -> settings = settings.withState(Path.of(value));
                case "--exit-with" -> exitWith = Long.parseLong(value);
                default -> throw new IllegalArgumentException(args[i] + " is unknown. " + USAGE);
            }
        }
        run(settings.withRetries(retries, then).withEndpoints(endpoints), exitWith);
    }

    private static void run(Settings settings, Long exitWith) throws InterruptedException {
        StripeFake fake = StripeFake.start(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            fake.close();
                            stopped.countDown();
                        },
                        "stop"));
        if (exitWith != null) {
            ProcessHandle.of(exitWith)
                    .orElseThrow(() -> new IllegalArgumentException("process " + exitWith + " is gone already"))
                    .onExit()
                    .thenRun(() -> Runtime.getRuntime().exit(0));
        }
        System.out.println("A fake of Stripe is at " + fake.baseUrl() + ". No money moves. Use any key sk_test_….");
        stopped.await();
    }

    private static Settings.Endpoint endpoint(String given, boolean connect) {
        int equals = given.lastIndexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + given + "' is not URL=SECRET. " + USAGE);
        }
        return new Settings.Endpoint(given.substring(0, equals), given.substring(equals + 1), connect);
    }
}
