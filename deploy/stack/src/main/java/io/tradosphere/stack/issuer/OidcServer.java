package io.tradosphere.stack.issuer;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.process.Child;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Launch;
import io.tradosphere.stack.process.Signals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One OIDC provider on 127.0.0.1. Its signing key's folder outlives it, so tokens stay valid after a restart.
 *
 * @param checkout the clone with its program
 * @param data the folder of its key, created at the first start
 * @param port its port
 * @param exitWith the pid of a process it ends with; empty: it outlives its launcher
 */
public record OidcServer(Checkout checkout, Path data, int port, Optional<Long> exitWith) {

    private static final String NAME = "oidc";
    private static final JavaProgram PROGRAM =
            new JavaProgram("deploy/stack-oidc", "io.tradosphere.stack.oidc.Provider");
    private static final Duration START = Duration.ofMinutes(1);

    /** The issuer's URL. Its host name is fixed, since the provider names itself by the request's host. */
    public String issuer() {
        return "http://localhost:" + port + "/tradosphere";
    }

    /**
     * Starts the provider and waits until it responds.
     *
     * @param runFolder the folder for its pid file
     * @param logFolder the folder for its log
     * @throws StackException when it doesn't start; one line that names its log
     */
    public Child start(Path runFolder, Path logFolder) {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", "" + port));
        exitWith.ifPresent(pid -> arguments.addAll(List.of("--exit-with", "" + pid)));
        List<String> flags = new ArrayList<>(JavaProgram.SMALL);
        flags.addAll(List.of("-Xmx64m", "-XX:MaxDirectMemorySize=32m"));
        Launch launch = new Launch(
                NAME,
                PROGRAM.command(checkout, flags, arguments),
                Map.of(),
                logFolder.resolve(NAME + ".log"),
                Signals.Polite.TERM);
        Child child = Child.start(launch, runFolder);
        try {
            return child.awaitReady(START, () -> answers(issuer()));
        } catch (StackException notReady) {
            child.stop(Duration.ofSeconds(5));
            throw notReady;
        }
    }

    /** Whether the provider of this issuer URL answers with its discovery document now. */
    public static boolean answers(String issuer) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (java.io.IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
