package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The Stripe account of a suite: Stripe's test mode when the shell has a test key, else a fake of its own. */
sealed interface StripeAccount {

    String KEY = "STRIPE_SECRET_KEY";
    String ADDRESS = "STRIPE_API_BASE";
    String WEBHOOK_SECRET = "STRIPE_WEBHOOK_SECRET";
    String PACE = "STRIPE_CALLS_PER_SECOND";

    /** What billing-service is told. */
    Map<String, String> environment();

    /** One line for whoever starts the suite. */
    String notice();

    /** The fake's process, which keeps its state in the data folder; empty for Stripe itself. */
    Optional<SupervisedProcess> process(DataFolder data);

    /**
     * The account that the shell's variables name.
     *
     * @param shell reads a variable; null when it is not set
     * @param port the fake's port
     * @param webhooks where the fake's webhooks go
     * @throws StackException when the key is not one of Stripe's test mode; one line
     */
    static StripeAccount of(
            UnaryOperator<String> shell, Secrets secrets, Checkout checkout, int port, String webhooks) {
        String key = Optional.ofNullable(shell.apply(KEY)).orElse("");
        if (key.isBlank()) {
            return new Fake(checkout, port, secrets.get(KEY), secrets.get(WEBHOOK_SECRET), webhooks);
        }
        if (!key.matches("(sk|rk)_test_\\S+")) {
            throw new StackException(
                    KEY + " is no key of Stripe's test mode (sk_test_… or rk_test_…). Set one, or unset " + KEY
                            + " to use the fake.");
        }
        return new TestMode(
                key,
                Optional.ofNullable(shell.apply(ADDRESS)),
                Optional.ofNullable(shell.apply(WEBHOOK_SECRET)).orElse(secrets.get(WEBHOOK_SECRET)));
    }

    /** The variables that name an account, for a launcher in the background: a child inherits no secrets. */
    static Map<String, String> ofShell(Map<String, String> shell) {
        return shell.entrySet().stream()
                .filter(variable -> Set.of(KEY, WEBHOOK_SECRET).contains(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** An account in Stripe's test mode. */
    record TestMode(String key, Optional<String> address, String webhookSecret) implements StripeAccount {

        @Override
        public Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>(Map.of(KEY, key, WEBHOOK_SECRET, webhookSecret));
            address.ifPresent(given -> environment.put(ADDRESS, given));
            return environment;
        }

        @Override
        public String notice() {
            return "Payments: Stripe's test mode, with " + KEY + " of this shell";
        }

        @Override
        public Optional<SupervisedProcess> process(DataFolder data) {
            return Optional.empty();
        }
    }

    /** A fake that the suite starts. */
    record Fake(Checkout checkout, int port, String key, String webhookSecret, String webhooks)
            implements StripeAccount {

        static final String NAME = "stripe";
        /** Stripe allows a test key 25. */
        private static final String CALLS_PER_SECOND = "500";

        private static final JavaProgram PROGRAM =
                new JavaProgram("deploy/stripe-fake", "io.tradosphere.stripefake.Main");
        private static final Duration START = Duration.ofMinutes(1);

        /** The fake's address. */
        String url() {
            return "http://127.0.0.1:" + port;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of(KEY, key, ADDRESS, url(), WEBHOOK_SECRET, webhookSecret, PACE, CALLS_PER_SECOND);
        }

        @Override
        public String notice() {
            return "Payments: a fake of Stripe at " + url()
                    + ", no money moves. For Stripe's test mode set STRIPE_SECRET_KEY=sk_test_…";
        }

        @Override
        public Optional<SupervisedProcess> process(DataFolder data) {
            return Optional.of(new SupervisedProcess(NAME, url(), () -> start(data)));
        }

        private Child start(DataFolder data) {
            String receiver = webhooks + "=" + webhookSecret;
            List<String> flags = new ArrayList<>(JavaProgram.SMALL);
            flags.addAll(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=32m"));
            List<String> arguments = List.of(
                    "--port",
                    String.valueOf(port),
                    // The database keeps ids, so a fake that begins anew makes others.
                    "--seed",
                    String.valueOf(System.nanoTime()),
                    "--state",
                    data.resolve("stripe.journal").toString(),
                    "--webhook",
                    receiver,
                    "--connect-webhook",
                    receiver);
            Launch launch = new Launch(
                    NAME,
                    PROGRAM.command(checkout, flags, arguments),
                    Map.of(),
                    data.logs().resolve(NAME + ".log"),
                    Signals.Polite.TERM);
            Child child = Child.start(launch, data.run());
            try {
                return child.awaitReady(
                        START, () -> Health.get(url() + "/_fake").isPresent());
            } catch (StackException notReady) {
                child.stop(Duration.ofSeconds(5));
                throw notReady;
            }
        }
    }
}
