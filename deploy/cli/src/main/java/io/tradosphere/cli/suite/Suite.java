package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.broker.KafkaServer;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.issuer.OidcServer;
import io.tradosphere.stack.postgres.Binaries;
import io.tradosphere.stack.postgres.Databases;
import io.tradosphere.stack.postgres.Durability;
import io.tradosphere.stack.postgres.PostgresServer;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The composition of one suite: its processes, their start commands and their addresses. It starts nothing by itself.
 */
final class Suite {

    static final String DATABASE = "tradosphere";
    private static final String HOST = "127.0.0.1";
    private static final Duration READY = Duration.ofMinutes(3);
    private static final String CORS_ORIGINS = "TRADOSPHERE_CORS_ORIGINS";
    private static final String GATEWAY_MODULE = "deploy/gateway";

    private final SuiteSettings settings;
    private final PortPlan ports;
    private final Secrets secrets;
    private final PostgresServer postgresServer;
    private final KafkaServer kafkaServer;
    private final OidcServer oidcServer;
    private final StripeAccount stripe;
    private final Map<String, Path> jars = new LinkedHashMap<>();
    private final List<SupervisedProcess> infrastructure;
    private final Map<Slice, List<SupervisedProcess>> services = new LinkedHashMap<>();
    private final SupervisedProcess gateway;

    Suite(SuiteSettings settings, PortPlan ports) {
        this.settings = settings;
        this.ports = ports;
        DataFolder data = settings.data();
        secrets = Secrets.of(data);
        InstalledApps apps = new InstalledApps(data);
        Stream.of(Slice.values()).forEach(slice -> jars.put(slice.service(), apps.install(slice.service())));
        jars.put(GATEWAY_MODULE, apps.install(GATEWAY_MODULE));
        postgresServer = new PostgresServer(
                Binaries.of(data.checkout()),
                data.resolve("postgres"),
                ports.postgres(),
                secrets.get(Secrets.SUPERUSER),
                Durability.DURABLE);
        kafkaServer = new KafkaServer(
                data.checkout(),
                data.resolve("kafka"),
                ports.kafka(),
                ports.kafkaController(),
                Optional.empty(),
                settings.production());
        oidcServer = new OidcServer(data.checkout(), data.resolve("oidc"), ports.oidc(), Optional.empty());
        stripe = StripeAccount.of(
                System::getenv, secrets, data.checkout(), ports.stripe(), url() + "/v1/webhooks/stripe");
        infrastructure = Stream.concat(
                        Stream.of(
                                new SupervisedProcess(
                                        "postgres", "", () -> postgresServer.start(data.run(), data.logs())),
                                new SupervisedProcess("kafka", "", () -> kafkaServer.start(data.run(), data.logs())),
                                new SupervisedProcess(
                                        "oidc", oidcServer.issuer(), () -> oidcServer.start(data.run(), data.logs()))),
                        stripe.process(data).stream())
                .toList();
        for (Slice slice : Slice.values()) {
            List<Integer> replicas = ports.services().get(slice);
            List<SupervisedProcess> processes = new ArrayList<>();
            for (int i = 0; i < replicas.size(); i++) {
                processes.add(service(slice, i, replicas.get(i)));
            }
            services.put(slice, processes);
        }
        gateway = gateway();
    }

    /** PostgreSQL, Kafka, the OIDC provider and the fake of Stripe, if there is one. They start first. */
    List<SupervisedProcess> infrastructure() {
        return infrastructure;
    }

    /** The services and the gateway. They start after {@link #prepare}. */
    List<SupervisedProcess> applications() {
        return Stream.concat(services.values().stream().flatMap(List::stream), Stream.of(gateway))
                .toList();
    }

    /** Creates the database with its roles, and the topics. */
    void prepare() {
        new Databases(postgresServer.address(PostgresServer.SUPERUSER), secrets::get)
                .prepare(DATABASE, List.of(Slice.values()));
        Topics.ensure(kafkaServer.bootstrap());
    }

    /** What payments go to, in one line. */
    String stripeNotice() {
        return stripe.notice();
    }

    /** The gateway's URL. */
    String url() {
        return "http://localhost:" + ports.gateway();
    }

    /** The current addresses and pids. */
    Endpoints endpoints() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("GATEWAY_URL", url());
        values.put("OIDC_ISSUER", oidcServer.issuer());
        values.put("KAFKA_BOOTSTRAP", kafkaServer.bootstrap());
        values.put("POSTGRES_URL", postgresServer.address(DATABASE).url());
        // Whoever signs webhooks for this suite needs them.
        values.put(StripeAccount.WEBHOOK_SECRET, stripe.environment().get(StripeAccount.WEBHOOK_SECRET));
        values.put("AGORA_NOTIFICATION_SECRET", secrets.get("AGORA_NOTIFICATION_SECRET"));
        if (stripe instanceof StripeAccount.Fake fake) {
            values.put("STRIPE_URL", fake.url());
        }
        values.put("REPLICAS", String.valueOf(settings.replicas()));
        services.forEach((slice, processes) -> {
            String name = slice.variable();
            values.put(name + "_PID", pid(processes.get(0)));
            values.put(name + "_URL", processes.get(0).url());
            values.put(name + "_PIDS", processes.stream().map(Suite::pid).collect(Collectors.joining(",")));
            values.put(name + "_URLS", urls(slice));
            values.put(name + "_MANAGEMENT_URL", managementUrl(slice));
        });
        values.put("TRADOSPHERE_INTERNAL_TOKEN", secrets.get(Secrets.INTERNAL));
        values.put("GATEWAY_PID", pid(gateway));
        values.put("GATEWAY_MANAGEMENT_URL", "http://" + HOST + ":" + ports.gatewayManagement());
        infrastructure.forEach(process -> values.put(process.name().toUpperCase(Locale.ROOT) + "_PID", pid(process)));
        return new Endpoints(values);
    }

    private SupervisedProcess service(Slice slice, int replica, int port) {
        String name = replica == 0 ? slice.service() : slice.service() + "-" + (replica + 1);
        String url = "http://" + HOST + ":" + port;
        return new SupervisedProcess(name, url, () -> {
            Map<String, String> environment = common(port);
            environment.put(
                    "TRADOSPHERE_DB_URL", postgresServer.address(DATABASE).urlWithoutUser());
            for (Slice.Role role : Slice.Role.values()) {
                environment.put("TRADOSPHERE_DB_" + role.name() + "_PASSWORD", secrets.get(slice.role(role)));
            }
            environment.put("KAFKA_BOOTSTRAP_SERVERS", kafkaServer.bootstrap());
            // This suite has a broker of its own, whatever the shell says.
            environment.put("TRADOSPHERE_KAFKA_PREFIX", "");
            environment.put("OIDC_ISSUER", oidcServer.issuer());
            environment.put("OIDC_AUDIENCE", "tradosphere");
            environment.put("PROFILE_SERVICE_URL", urls(Slice.PROFILE));
            slice.description().secrets().forEach(secret -> environment.put(secret, secrets.get(secret)));
            if (slice.description().secrets().contains(StripeAccount.KEY)) {
                environment.putAll(stripe.environment());
            }
            environment.put(
                    "TRADOSPHERE_MANAGEMENT_PORT",
                    String.valueOf(ports.management().get(slice).get(replica)));
            environment.put(Secrets.INTERNAL, secrets.get(Secrets.INTERNAL));
            for (Slice source : Slice.values()) {
                environment.put(source.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL", managementUrl(source));
            }
            return start(name, jars.get(slice.service()), environment, url);
        });
    }

    private SupervisedProcess gateway() {
        String management = "http://" + HOST + ":" + ports.gatewayManagement();
        return new SupervisedProcess("gateway", url(), () -> {
            Map<String, String> environment = common(ports.gateway());
            environment.put("QUARKUS_MANAGEMENT_HOST", HOST);
            environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.gatewayManagement()));
            for (Slice slice : Slice.values()) {
                environment.put(slice.description().urlVariable(), urls(slice));
            }
            environment.put(CORS_ORIGINS, System.getenv().getOrDefault(CORS_ORIGINS, "http://localhost:*"));
            return start("gateway", jars.get(GATEWAY_MODULE), environment, management);
        });
    }

    private Map<String, String> common(int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", HOST);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        // By default glibc keeps an arena of 64 MB for nearly every thread.
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    private Child start(String name, Path jar, Map<String, String> environment, String healthUrl) {
        Launch launch = new Launch(
                name,
                Jvm.command(jar, settings.production()),
                environment,
                settings.data().logs().resolve(name + ".log"),
                Signals.Polite.TERM);
        Child child = Child.start(launch, settings.data().run());
        try {
            return child.awaitReady(READY, () -> Health.isReady(healthUrl));
        } catch (StackException notReady) {
            child.stop(Duration.ofSeconds(10));
            throw notReady;
        }
    }

    private String urls(Slice slice) {
        return ports.services().get(slice).stream()
                .map(port -> "http://" + HOST + ":" + port)
                .collect(Collectors.joining(","));
    }

    /** The first replica's: any replica reconciles the whole slice. */
    private String managementUrl(Slice slice) {
        return "http://" + HOST + ":" + ports.management().get(slice).get(0);
    }

    private static String pid(SupervisedProcess process) {
        return process.child().map(child -> String.valueOf(child.pid())).orElse("");
    }
}
