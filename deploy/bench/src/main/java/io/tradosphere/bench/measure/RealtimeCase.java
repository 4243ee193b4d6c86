package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.MessageTrips;
import io.tradosphere.bench.load.StreamClients;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.Nchan;
import io.tradosphere.bench.suite.ProcessMemory;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.stack.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Event streams: memory a stream, the time from the sender's response to the reader's event, and how soon all streams are back
 * when they reconnect at once. At the service, through the gateway, and with nchan.
 */
public final class RealtimeCase implements Case {

    private static final int MESSAGES_PER_SECOND = 300;
    private static final int WARM_UP_STREAMS = 500;
    private static final double MAX_KIB = 12;
    private static final double MAX_MILLIS = 250;
    private static final double MAX_RECONNECT_SECONDS = 15;
    private static final Duration ARRIVAL = Duration.ofSeconds(30);

    private final CaseContext context;
    private final StreamProcesses processes;
    private final Rounds rounds = new Rounds();
    private final int direct;
    private final int proxied;

    /**
     * The measured processes.
     *
     * @param messagingService its process id
     * @param gateway its process id
     * @param nchan empty when it is not installed
     * @param maxOpenFiles how many connections a process may have
     */
    public record StreamProcesses(long messagingService, long gateway, Optional<Nchan> nchan, int maxOpenFiles) {}

    /**
     * A server of event streams.
     *
     * @param name in the report
     * @param streams how many are opened
     * @param target where streams and messages go
     * @param memory of the process that keeps the streams
     * @param opening the request of each stream
     */
    private record Server(
            String name, int streams, Target target, Supplier<ProcessMemory> memory, StreamClients.Opening opening) {}

    /**
     * @param context what to measure on
     * @param processes what runs
     */
    public RealtimeCase(CaseContext context, StreamProcesses processes) {
        this.context = context;
        this.processes = processes;
        int spare = 600;
        this.direct = Math.min(context.size().streams(), processes.maxOpenFiles() - spare);
        this.proxied = Math.min(context.size().proxiedStreams(), (processes.maxOpenFiles() - spare) / 2);
    }

    @Override
    public void warmUp() {
        for (Server server : servers()) {
            Server few = new Server(
                    server.name(),
                    Math.min(WARM_UP_STREAMS, server.streams()),
                    server.target(),
                    server.memory(),
                    server.opening());
            measure(few, context.size().warmUpDuration());
            measure(few, context.size().warmUpDuration());
        }
    }

    @Override
    public String round(int round) {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        for (Server server : servers()) {
            Measurement reading =
                    measure(server, context.size().openLoopDuration().multipliedBy(3));
            variants.put(server.name(), reading);
            said.add(String.format(
                    Locale.ROOT,
                    "%s %d streams: heap %.1f KiB and resident %.1f KiB each, p50 %.0f ms, p99 %.0f ms, max %.0f ms,"
                            + " lost %.0f, doubled %.0f, failed %.0f, ended %.0f, back in %.1f s (%.0f tries refused%s)",
                    server.name(),
                    server.streams(),
                    reading.get("heapKiBEach"),
                    reading.get("residentKiBEach"),
                    reading.get("arrivedP50Ms"),
                    reading.get("arrivedP99Ms"),
                    reading.get("arrivedMaxMs"),
                    reading.get("lost"),
                    reading.get("doubled"),
                    reading.get("failed"),
                    reading.get("ended"),
                    reading.get("reconnectSeconds"),
                    reading.get("refused"),
                    reading.failure() == null ? "" : ": " + reading.failure()));
        }
        rounds.add(variants);
        return String.join("; ", said);
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("realtime", rounds);
        String other = processes.nchan().isPresent() ? "nchan" : null;
        String at = String.format(Locale.ROOT, "%,d event streams at the service, ", direct);
        String through = String.format(Locale.ROOT, "%,d event streams through the gateway, ", proxied);
        report.atMost(at + "heap KiB each", "service", "heapKiBEach", MAX_KIB);
        beside(report, at + "resident KiB each", "service", "residentKiBEach", other);
        report.atMost(at + "p99 ms at 300 messages/s", "service", "arrivedP99Ms", MAX_MILLIS);
        beside(report, at + "p99 ms beside nchan", "service", "arrivedP99Ms", other);
        beside(report, at + "reconnect at once, s", "service", "reconnectSeconds", other);
        report.atMost(through + "p99 ms at 300 messages/s", "gateway", "arrivedP99Ms", MAX_MILLIS);
        report.atMost(through + "gateway's heap KiB each", "gateway", "heapKiBEach", Double.NaN);
        report.atMost(through + "reconnect at once, s", "gateway", "reconnectSeconds", MAX_RECONNECT_SECONDS);
        for (String wrong : List.of("lost", "doubled", "failed", "ended")) {
            report.mustBeZero(
                    "messages and streams that " + wrongTitle(wrong), wrong, List.of("service", "gateway"), "nchan");
        }
        return report;
    }

    private static String wrongTitle(String metric) {
        return switch (metric) {
            case "lost" -> "did not arrive";
            case "doubled" -> "arrived twice";
            case "failed" -> "were refused";
            default -> "ended early";
        };
    }

    private static void beside(CaseReport report, String title, String variant, String metric, String other) {
        report.compare(title, variant, metric, other, CaseReport.Better.LOWER, 0);
    }

    private List<Server> servers() {
        List<Server> servers = new ArrayList<>();
        servers.add(new Server(
                "service",
                direct,
                context.targets().messagingService(),
                () -> ProcessMemory.ofJvm(processes.messagingService()),
                this::head));
        servers.add(new Server(
                "gateway",
                proxied,
                context.targets().gateway(),
                () -> ProcessMemory.ofJvm(processes.gateway()),
                this::head));
        processes
                .nchan()
                .ifPresent(nchan -> servers.add(new Server(
                        "nchan",
                        direct,
                        nchan.target(),
                        () -> ProcessMemory.of(nchan.process().pid()),
                        (number, last) -> request("/events?id=" + number, null, last))));
        return servers;
    }

    private Measurement measure(Server server, Duration duration) {
        MessageTrips trips = new MessageTrips(server.streams());
        StreamClients clients = new StreamClients(context.generator(), server.target(), server.opening(), trips);
        ProcessMemory before = server.memory().get();
        try {
            double opened = clients.open(server.streams());
            ProcessMemory after = server.memory().get();
            trips.begin((int) (MESSAGES_PER_SECOND * duration.toMillis() / 1_000));
            Map<String, Double> cpu = context.usage().cpuMillis();
            Load load = context.generator()
                    .openLoop(MESSAGES_PER_SECOND, duration, number -> message(server, trips, number), trips);
            Waiting.until(ARRIVAL, () -> context.generator().compute(trips::missing) == 0);
            Map<String, Double> used = ProcessUsage.between(cpu, context.usage().cpuMillis());
            double back = clients.reconnect();
            Latencies arrived = trips.latencies();
            return Measurement.of(load)
                    .failing(clients.firstFailure())
                    .cpu(used)
                    .with("streams", server.streams())
                    .with("openSeconds", opened)
                    .with("heapKiBEach", kibibytes(after.heapBytes() - before.heapBytes(), server))
                    .with("residentKiBEach", kibibytes(after.residentBytes() - before.residentBytes(), server))
                    .with("arrivedP50Ms", arrived.percentile(50))
                    .with("arrivedP99Ms", arrived.percentile(99))
                    .with("arrivedMaxMs", arrived.max())
                    .with("lost", trips.missing())
                    .with("doubled", trips.doubled())
                    .with("ended", clients.ended())
                    .with("refused", clients.refused())
                    .with("reconnectSeconds", back);
        } finally {
            clients.close();
        }
    }

    private static double kibibytes(long bytes, Server server) {
        return bytes / 1024.0 / server.streams();
    }

    private Call message(Server server, MessageTrips trips, int number) {
        String content = MessageTrips.content(number);
        int recipient = trips.recipient(number);
        return server.name().equals("nchan")
                ? Call.publish(server.target(), recipient, content)
                : Call.message(
                        server.target(), context.id(recipient), content, context.streamTokens()[trips.sender(number)]);
    }

    private String head(int number, String lastEventId) {
        return request("/v1/realtime", context.streamTokens()[number], lastEventId);
    }

    private static String request(String path, String token, String lastEventId) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
                + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n");
    }
}
