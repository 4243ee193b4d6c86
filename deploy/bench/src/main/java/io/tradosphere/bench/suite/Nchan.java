package io.tradosphere.bench.suite;

import io.tradosphere.bench.load.Target;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stack.process.Signals;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running nginx with nchan, a module for event streams. A channel is published to by {@code POST /publish?id=…} and followed
 * by {@code GET /events?id=…}. It keeps the last messages in memory; it knows no people, tokens or tables.
 *
 * @param process nginx
 * @param target its address
 */
public record Nchan(Child process, Target target) {

    private static final Duration READY = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so"),
            Path.of("/usr/lib64/nginx/modules/ngx_nchan_module.so"));

    /**
     * Starts nginx; empty when it or the module is not installed.
     *
     * @param streams the most streams at once
     */
    public static Optional<Nchan> start(BenchSuite suite, int streams) {
        Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
        Optional<Path> module = MODULES.stream().filter(Files::exists).findFirst();
        if (program.isEmpty() || module.isEmpty()) {
            return Optional.empty();
        }
        int port = new Ports().any();
        Path folder = suite.run().resolveSibling("nchan");
        Path settings = folder.resolve("nginx.conf");
        try {
            Files.createDirectories(folder.resolve("logs"));
            Files.writeString(settings, configuration(folder, module.get(), port, streams));
        } catch (IOException e) {
            throw new StackException("Cannot write " + settings + ": " + e.getMessage(), e);
        }
        Child child = Child.start(
                new Launch(
                        "nchan",
                        List.of(program.get().toString(), "-p", folder.toString(), "-c", settings.toString()),
                        Map.of(),
                        suite.logs().resolve("nchan.log"),
                        Signals.Polite.TERM),
                suite.run());
        try {
            child.awaitReady(READY, () -> accepts(port));
            return Optional.of(new Nchan(child, new Target("127.0.0.1", port)));
        } catch (StackException notReady) {
            child.stop(GRACE);
            throw notReady;
        }
    }

    /** Stops nginx. */
    public void stop() {
        process.stop(GRACE);
    }

    private static String configuration(Path folder, Path module, int port, int streams) {
        String paths = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> "  " + kind + "_temp_path " + folder.resolve(kind) + ";\n")
                .reduce("", String::concat);
        return """
                daemon off;
                pid %1$s/nginx.pid;
                error_log stderr warn;
                load_module %2$s;
                worker_processes auto;
                worker_rlimit_nofile %4$d;
                events { worker_connections %4$d; }
                http {
                  access_log off;
                %5$s  nchan_max_reserved_memory 512M;
                  server {
                    listen 127.0.0.1:%3$d backlog=4096;
                    location = /publish {
                      nchan_publisher;
                      nchan_channel_id $arg_id;
                      nchan_message_buffer_length 20;
                      nchan_message_timeout 5m;
                    }
                    location = /events {
                      nchan_subscriber eventsource;
                      nchan_channel_id $arg_id;
                      nchan_subscriber_first_message newest;
                      nchan_eventsource_ping_interval 15;
                    }
                  }
                }
                """.formatted(folder, module, port, streams + 1_000, paths);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
