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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What belongs to one suite: its processes, how each is started, and where each is. Starts nothing by itself. */
final class Suite {

    static final String DATABASE = "tradosphere";
    private static final String HOST = "127.0.0.1";
    private static final Duration READY = Duration.ofMinutes(3);
    private static final String GATEWAY_MODULE = "deploy/gateway";

    private final SuiteSettings settings;
    private final PortPlan ports;
    private final Secrets secrets;
    private final PostgresServer postgresServer;
    private final KafkaServer kafkaServer;
    private final OidcServer oidcServer;
    private final Map<String, Path> jars = new LinkedHashMap<>();
    private final List<Member> ground;
    private final Map<Slice, List<Member>> services = new EnumMap<>(Slice.class);
    private final Member gateway;

    Suite(SuiteSettings settings, PortPlan ports) {
        this.settings = settings;
        this.ports = ports;
        DataFolder data = settings.data();
        secrets = Secrets.of(data);
        Apps apps = new Apps(data);
        Stream.of(Slice.values()).forEach(slice -> jars.put(slice.service(), apps.take(slice.service())));
        jars.put(GATEWAY_MODULE, apps.take(GATEWAY_MODULE));
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
        ground = List.of(
                new Member("postgres", "", () -> postgresServer.start(data.run(), data.logs())),
                new Member("kafka", "", () -> kafkaServer.start(data.run(), data.logs())),
                new Member("oidc", oidcServer.issuer(), () -> oidcServer.start(data.run(), data.logs())));
        for (Slice slice : Slice.values()) {
            List<Integer> replicas = ports.services().get(slice);
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < replicas.size(); i++) {
                members.add(
                        service(slice, i == 0 ? slice.service() : slice.service() + "-" + (i + 1), replicas.get(i)));
            }
            services.put(slice, members);
        }
        gateway = gateway();
    }

    /** PostgreSQL, Kafka and the OIDC provider: started first. */
    List<Member> ground() {
        return ground;
    }

    /** The services and the gateway: started once the ground is {@link #prepare prepared}. */
    List<Member> house() {
        return Stream.concat(services.values().stream().flatMap(List::stream), Stream.of(gateway))
                .toList();
    }

    /** Makes the database with its roles, and the topics, before anybody needs them. */
    void prepare() {
        new Databases(postgresServer.address(PostgresServer.SUPERUSER), secrets::get)
                .prepare(DATABASE, List.of(Slice.values()));
        Topics.ensure(kafkaServer.bootstrap());
    }

    /** Where people reach it. */
    String url() {
        return "http://localhost:" + ports.gateway();
    }

    /** What it opened, and who its processes are. */
    Endpoints endpoints() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("GATEWAY_URL", url());
        values.put("OIDC_ISSUER", oidcServer.issuer());
        values.put("KAFKA_BOOTSTRAP", kafkaServer.bootstrap());
        values.put("POSTGRES_URL", postgresServer.address(DATABASE).url());
        values.put("STRIPE_WEBHOOK_SECRET", secrets.get(Secrets.STRIPE_WEBHOOK));
        values.put("AGORA_NOTIFICATION_SECRET", secrets.get(Secrets.AGORA_NOTIFICATION));
        values.put("REPLICAS", String.valueOf(settings.replicas()));
        services.forEach((slice, members) -> {
            String name = slice.name() + "_SERVICE";
            values.put(name + "_PID", pid(members.get(0)));
            values.put(name + "_URL", members.get(0).url());
            values.put(name + "_PIDS", members.stream().map(Suite::pid).collect(Collectors.joining(",")));
            values.put(name + "_URLS", urls(slice));
        });
        values.put("GATEWAY_PID", pid(gateway));
        values.put("GATEWAY_MANAGEMENT_URL", "http://" + HOST + ":" + ports.gatewayManagement());
        ground.forEach(member -> values.put(member.name().toUpperCase(Locale.ROOT) + "_PID", pid(member)));
        return new Endpoints(values);
    }

    private Member service(Slice slice, String name, int port) {
        String url = "http://" + HOST + ":" + port;
        return new Member(name, url, () -> {
            Map<String, String> environment = common(port);
            environment.put(
                    "TRADOSPHERE_DB_URL", postgresServer.address(DATABASE).urlWithoutUser());
            for (Slice.Role role : Slice.Role.values()) {
                environment.put("TRADOSPHERE_DB_" + role.name() + "_PASSWORD", secrets.get(slice.role(role)));
            }
            environment.put("KAFKA_BOOTSTRAP_SERVERS", kafkaServer.bootstrap());
            environment.put("OIDC_ISSUER", oidcServer.issuer());
            environment.put("OIDC_AUDIENCE", "tradosphere");
            environment.put("PROFILE_SERVICE_URL", urls(Slice.PROFILE));
            environment.put("STRIPE_WEBHOOK_SECRET", secrets.get(Secrets.STRIPE_WEBHOOK));
            environment.put("AGORA_NOTIFICATION_SECRET", secrets.get(Secrets.AGORA_NOTIFICATION));
            return start(name, jars.get(slice.service()), environment, url);
        });
    }

    private Member gateway() {
        String management = "http://" + HOST + ":" + ports.gatewayManagement();
        return new Member("gateway", url(), () -> {
            Map<String, String> environment = common(ports.gateway());
            environment.put("QUARKUS_MANAGEMENT_HOST", HOST);
            environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.gatewayManagement()));
            for (Slice slice : Slice.values()) {
                environment.put(slice.name() + "_SERVICE_URL", urls(slice));
            }
            return start("gateway", jars.get(GATEWAY_MODULE), environment, management);
        });
    }

    private Map<String, String> common(int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_HOST", HOST);
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        // glibc otherwise keeps an arena of 64 MB for nearly every thread.
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

    private static String pid(Member member) {
        return member.child().map(child -> String.valueOf(child.pid())).orElse("");
    }
}
