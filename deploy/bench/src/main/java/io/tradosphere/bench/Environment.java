package io.tradosphere.bench;

import io.tradosphere.bench.Main.CaseName;
import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.dataset.Dataset.Reader;
import io.tradosphere.bench.dataset.InboxLoader;
import io.tradosphere.bench.dataset.SeedLoader;
import io.tradosphere.bench.dataset.SuiteLoader;
import io.tradosphere.bench.load.LoadGenerator;
import io.tradosphere.bench.measure.CaseContext;
import io.tradosphere.bench.measure.Pgbench;
import io.tradosphere.bench.measure.RealtimeCase;
import io.tradosphere.bench.report.Machine;
import io.tradosphere.bench.suite.BenchSuite;
import io.tradosphere.bench.suite.Endpoints;
import io.tradosphere.bench.suite.FastifyService;
import io.tradosphere.bench.suite.Nchan;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.bench.suite.Targets;
import io.tradosphere.bench.suite.TriggerDesign;
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

/** The systems under measurement. It loads the datasets, and starts and stops the systems that the suite is compared with. */
final class Environment implements AutoCloseable {

    private static final String SEED_DATABASE = "bench_trigger";

    private final Checkout checkout;
    private final BenchSuite suite;
    private final Endpoints endpoints;
    private final Path folder;
    private final Progress progress;
    private final LoadGenerator generator = new LoadGenerator();
    private final Instant now = Instant.now();
    private final Address database;
    private final Address seed;
    private final String password = UUID.randomUUID().toString();
    private Optional<TriggerDesign> trigger = Optional.empty();
    private Optional<FastifyService> fastify = Optional.empty();
    private Optional<FastifyService> pipelined = Optional.empty();
    private Optional<Nchan> nchan = Optional.empty();
    private String[] streamTokens = {};
    private CaseContext context;

    Environment(Checkout checkout, BenchSuite suite, Endpoints endpoints, Path folder, Progress progress) {
        this.checkout = checkout;
        this.suite = suite;
        this.endpoints = endpoints;
        this.folder = folder;
        this.progress = progress;
        this.database = BenchSuite.database(endpoints);
        this.seed = database.in(SEED_DATABASE);
    }

    /** Prepares everything that those cases need. */
    void make(Size size, Set<CaseName> cases) throws Exception {
        Dataset dataset = load(cases.stream().anyMatch(CaseName::needsSignals) ? size : size.withoutSignals());
        boolean needsTrigger = cases.stream().anyMatch(CaseName::needsTrigger);
        boolean needsFastify = cases.stream().anyMatch(CaseName::needsFastify);
        if (cases.stream().anyMatch(CaseName::needsSeed)) {
            progress.run("loading the seed schema", () -> loadSeed(dataset));
        }
        if (needsTrigger) {
            trigger = Optional.of(progress.step(
                    "starting the trigger design and its gateway",
                    () -> TriggerDesign.start(checkout, suite, endpoints, seed.as("authenticated", password))));
        }
        if (needsFastify) {
            fastify = Optional.of(progress.step("starting the Fastify service", () -> fastify(false)));
            pipelined = Optional.of(progress.step("starting the Fastify service with pipelining", () -> fastify(true)));
        }
        if (cases.contains(CaseName.REALTIME)) {
            nchan = progress.step("starting nginx with nchan", () -> Nchan.start(suite, size.streams()));
            if (nchan.isEmpty()) {
                progress.print("nginx with nchan is not installed, so event streams are not compared with it"
                        + " (Debian's packages are nginx and libnginx-mod-nchan)");
            }
        }
        if (cases.stream().anyMatch(CaseName::needsStreamTokens)) {
            TokenPool pool = new TokenPool(dataset, endpoints.get("OIDC_ISSUER"), folder);
            int people = InboxLoader.much(dataset) + 1;
            streamTokens = progress.step(people + " tokens", () -> pool.of(people, number -> number));
        }
        context = context(dataset);
    }

    /** The processes of the case of event streams. */
    RealtimeCase.StreamProcesses streamProcesses() {
        return new RealtimeCase.StreamProcesses(
                endpoints.pid("MESSAGING_SERVICE_PID"), endpoints.pid("GATEWAY_PID"), nchan, Machine.maxOpenFiles());
    }

    /**
     * Delays every WAL flush by that much, in all databases. A development machine's disk flushes tens of times faster than a
     * durable cloud disk.
     */
    void delayCommits(Duration delay) throws SQLException {
        try (Connection cluster = database.connect();
                Statement set = cluster.createStatement()) {
            set.execute("ALTER SYSTEM SET commit_siblings = 0");
            set.execute("ALTER SYSTEM SET commit_delay = " + delay.toMillis() * 1_000);
            set.execute("SELECT pg_reload_conf()");
        }
    }

    /** The folder of the repository. */
    Path checkout() {
        return checkout.root();
    }

    /** The context of the cases. */
    CaseContext context() {
        return context;
    }

    /** Unloads the suite and loads a tenth of the data. The other systems keep their data. */
    CaseContext tenth() throws Exception {
        progress.run("unloading the dataset", () -> {
            try (Connection connection = database.connect()) {
                SuiteLoader.unload(connection);
            }
        });
        return context(load(context.dataset().size().tenth()));
    }

    @Override
    public void close() {
        trigger.ifPresent(TriggerDesign::stop);
        fastify.ifPresent(FastifyService::stop);
        pipelined.ifPresent(FastifyService::stop);
        nchan.ifPresent(Nchan::stop);
        generator.close();
    }

    private FastifyService fastify(boolean isPipelined) {
        return FastifyService.start(
                checkout, suite, endpoints, seed.as(SeedLoader.AUTHENTICATOR, password), isPipelined);
    }

    private Dataset load(Size size) throws Exception {
        Dataset dataset = progress.step("generating the dataset", () -> Dataset.of(size, now));
        progress.run("loading the suite", () -> {
            try (Connection connection = database.connect()) {
                new SuiteLoader(dataset, progress).load(connection);
            }
        });
        return dataset;
    }

    private void loadSeed(Dataset dataset) throws Exception {
        try (Connection cluster = database.connect();
                Statement create = cluster.createStatement()) {
            create.execute("CREATE DATABASE " + SEED_DATABASE);
        }
        try (Connection connection = seed.connect()) {
            new SeedLoader(dataset, progress).load(connection, password);
        }
    }

    private CaseContext context(Dataset dataset) throws Exception {
        TokenPool tokenPool = new TokenPool(dataset, endpoints.get("OIDC_ISSUER"), folder);
        Size size = dataset.size();
        String[] actors = progress.step(size.actors() + " tokens", () -> tokenPool.of(size.actors(), dataset::actor));
        Map<Reader, String[]> readers = new EnumMap<>(Reader.class);
        for (Reader kind : Reader.values()) {
            readers.put(kind, tokenPool.of(size.readers(), number -> dataset.reader(kind, number)));
        }
        return new CaseContext(
                dataset,
                generator,
                Targets.of(endpoints, trigger, fastify, pipelined),
                endpoints,
                database,
                suite.logs().resolve("postgres.log"),
                seed,
                seed.as(SeedLoader.AUTHENTICATOR, password),
                actors,
                streamTokens,
                readers,
                usage(),
                Pgbench.find(folder));
    }

    private ProcessUsage usage() {
        ProcessUsage usage = new ProcessUsage()
                .and("social-service", endpoints.pid("SOCIAL_SERVICE_PID"))
                .and("profile-service", endpoints.pid("PROFILE_SERVICE_PID"))
                .and("signal-service", endpoints.pid("SIGNAL_SERVICE_PID"))
                .and("competition-service", endpoints.pid("COMPETITION_SERVICE_PID"))
                .and("streaming-service", endpoints.pid("STREAMING_SERVICE_PID"))
                .and("billing-service", endpoints.pid("BILLING_SERVICE_PID"))
                .and("messaging-service", endpoints.pid("MESSAGING_SERVICE_PID"))
                .and("gateway", endpoints.pid("GATEWAY_PID"))
                .and("kafka", endpoints.pid("KAFKA_PID"))
                .and("postgres", endpoints.pid("POSTGRES_PID"))
                .and(ProcessUsage.CLIENTS, ProcessHandle.current().pid());
        trigger.ifPresent(other -> usage.and("trigger-service", other.service().pid())
                .and("trigger-gateway", other.gateway().pid()));
        fastify.ifPresent(other -> usage.and("fastify-service", other.service().pid()));
        nchan.ifPresent(other -> usage.and("nchan", other.process().pid()));
        pipelined.ifPresent(
                other -> usage.and("fastify-pipelined", other.service().pid()));
        return usage;
    }
}
