package io.tradosphere.bench;

import io.tradosphere.bench.Main.CaseName;
import io.tradosphere.bench.load.Generator;
import io.tradosphere.bench.measure.Pgbench;
import io.tradosphere.bench.measure.Stage;
import io.tradosphere.bench.suite.BenchSuite;
import io.tradosphere.bench.suite.Competitor;
import io.tradosphere.bench.suite.Endpoints;
import io.tradosphere.bench.suite.FastifyService;
import io.tradosphere.bench.suite.Targets;
import io.tradosphere.bench.suite.Usage;
import io.tradosphere.bench.world.SeedLoader;
import io.tradosphere.bench.world.SuiteLoader;
import io.tradosphere.bench.world.World;
import io.tradosphere.bench.world.World.Reader;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.postgres.Address;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Loads the worlds, starts whom the suite is compared with, and stops them again. */
final class Setting implements AutoCloseable {

    private static final String SEED_DATABASE = "bench_trigger";

    private final Checkout checkout;
    private final BenchSuite suite;
    private final Endpoints endpoints;
    private final Path folder;
    private final Progress progress;
    private final Generator generator = new Generator();
    private final Instant now = Instant.now();
    private final Address database;
    private final Address seed;
    private final String password = UUID.randomUUID().toString();
    private Optional<Competitor> trigger = Optional.empty();
    private Optional<FastifyService> fastify = Optional.empty();
    private Optional<FastifyService> pipelined = Optional.empty();
    private Stage stage;

    Setting(Checkout checkout, BenchSuite suite, Endpoints endpoints, Path folder, Progress progress) {
        this.checkout = checkout;
        this.suite = suite;
        this.endpoints = endpoints;
        this.folder = folder;
        this.progress = progress;
        this.database = BenchSuite.database(endpoints);
        this.seed = database.in(SEED_DATABASE);
    }

    /** Makes everything that those cases need. */
    void make(Size size, Set<CaseName> cases) throws Exception {
        World world = load(size);
        boolean needsTrigger = cases.stream().anyMatch(CaseName::needsTrigger);
        boolean needsFastify = cases.stream().anyMatch(CaseName::needsFastify);
        if (needsTrigger || needsFastify) {
            progress.run("loading the seed's schema", () -> loadSeed(world));
        }
        if (needsTrigger) {
            trigger = Optional.of(progress.step(
                    "starting the trigger design and a gateway for it",
                    () -> Competitor.start(checkout, suite, endpoints, seed.as("authenticated", password))));
        }
        if (needsFastify) {
            fastify = Optional.of(progress.step("starting the hand-written service", () -> fastify(false)));
            pipelined = Optional.of(progress.step("and once more, pipelined", () -> fastify(true)));
        }
        stage = stage(world);
    }

    /**
     * Has every flush of the log wait so much longer, whoever commits: a disk of a development machine answers tens of times as
     * soon as one that keeps what it was given.
     */
    void delayCommits(Duration delay) throws SQLException {
        try (Connection cluster = database.connect();
                Statement set = cluster.createStatement()) {
            set.execute("ALTER SYSTEM SET commit_siblings = 0");
            set.execute("ALTER SYSTEM SET commit_delay = " + delay.toMillis() * 1_000);
            set.execute("SELECT pg_reload_conf()");
        }
    }

    /** What was made. */
    Stage stage() {
        return stage;
    }

    /** Takes everything out of the suite, and loads a tenth of it; whom it was compared with keep theirs. */
    Stage tenth() throws Exception {
        progress.run("taking everything out again", () -> {
            try (Connection connection = database.connect()) {
                SuiteLoader.unload(connection);
            }
        });
        return stage(load(stage.world().size().tenth()));
    }

    @Override
    public void close() {
        trigger.ifPresent(Competitor::stop);
        fastify.ifPresent(FastifyService::stop);
        pipelined.ifPresent(FastifyService::stop);
        generator.close();
    }

    private FastifyService fastify(boolean isPipelined) {
        return FastifyService.start(
                checkout, suite, endpoints, seed.as(SeedLoader.AUTHENTICATOR, password), isPipelined);
    }

    private World load(Size size) throws Exception {
        World world = progress.step("drawing the world", () -> World.of(size, now));
        progress.run("loading the suite", () -> {
            try (Connection connection = database.connect()) {
                new SuiteLoader(world, progress).load(connection);
            }
        });
        return world;
    }

    private void loadSeed(World world) throws Exception {
        try (Connection cluster = database.connect();
                Statement create = cluster.createStatement()) {
            create.execute("CREATE DATABASE " + SEED_DATABASE);
        }
        try (Connection connection = seed.connect()) {
            new SeedLoader(world, progress).load(connection, password);
        }
    }

    private Stage stage(World world) throws Exception {
        Passes passes = new Passes(world, endpoints.get("OIDC_ISSUER"), folder);
        Size size = world.size();
        String[] actors = progress.step(size.actors() + " tokens", () -> passes.of(size.actors(), world::actor));
        Map<Reader, String[]> readers = new EnumMap<>(Reader.class);
        for (Reader kind : Reader.values()) {
            readers.put(kind, passes.of(size.readers(), number -> world.reader(kind, number)));
        }
        return new Stage(
                world,
                generator,
                Targets.of(endpoints, trigger, fastify, pipelined),
                database,
                suite.logs().resolve("postgres.log"),
                seed,
                seed.as(SeedLoader.AUTHENTICATOR, password),
                actors,
                readers,
                usage(),
                Pgbench.find(folder));
    }

    private Usage usage() {
        Usage usage = new Usage()
                .and("social-service", endpoints.pid("SOCIAL_SERVICE_PID"))
                .and("profile-service", endpoints.pid("PROFILE_SERVICE_PID"))
                .and("signal-service", endpoints.pid("SIGNAL_SERVICE_PID"))
                .and("gateway", endpoints.pid("GATEWAY_PID"))
                .and("kafka", endpoints.pid("KAFKA_PID"))
                .and("postgres", endpoints.pid("POSTGRES_PID"))
                .and(Usage.CLIENTS, ProcessHandle.current().pid());
        trigger.ifPresent(other -> usage.and("trigger-service", other.service().pid())
                .and("trigger-gateway", other.gateway().pid()));
        fastify.ifPresent(other -> usage.and("fastify-service", other.service().pid()));
        pipelined.ifPresent(
                other -> usage.and("fastify-pipelined", other.service().pid()));
        return usage;
    }
}
