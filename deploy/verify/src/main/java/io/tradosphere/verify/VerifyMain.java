package io.tradosphere.verify;

import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.verify.Reconciliations;
import io.tradosphere.cli.verify.Verification;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The program {@code tradosphere-verify}: what {@code ./tradosphere verify} does, on any installation. */
public final class VerifyMain {

    private static final int DRIFT = 1;
    private static final int USAGE = 2;
    private static final int MISCONFIGURED = 78; // EX_CONFIG of sysexits.h
    private static final String TOKEN = "TRADOSPHERE_INTERNAL_TOKEN";

    private VerifyMain() {}

    /**
     * Runs the program and ends the JVM. Exit codes: 0 nothing drifted, or all was repaired; 1 something drifted, or a service does
     * not answer; 2 unknown argument; 78 a variable is missing.
     *
     * @param arguments {@code --repair}, or none
     */
    public static void main(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), out, arguments));
    }

    /**
     * Runs the program.
     *
     * @param environment {@code PROFILE_MANAGEMENT_URL} and so on for each slice, and {@code TRADOSPHERE_INTERNAL_TOKEN}
     * @param out receives what it says
     * @param arguments {@code --repair}, or none
     * @return the exit code
     */
    static int run(Map<String, String> environment, PrintWriter out, String... arguments) {
        List<String> given = List.of(arguments);
        if (!given.isEmpty() && !given.equals(List.of("--repair"))) {
            out.println("usage: tradosphere-verify [--repair]");
            return USAGE;
        }
        Map<String, String> endpoints = new HashMap<>();
        for (Slice slice : Slice.values()) {
            String variable = slice.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL";
            if (isMissing(environment, variable)) {
                out.println("Set " + variable + ": the management port of " + slice.service()
                        + ", such as http://host:9000.");
                return MISCONFIGURED;
            }
            endpoints.put(slice.variable() + "_MANAGEMENT_URL", environment.get(variable));
        }
        if (isMissing(environment, TOKEN)) {
            out.println("Set " + TOKEN + ": the secret of the internal interface, as the services have it.");
            return MISCONFIGURED;
        }
        endpoints.put(TOKEN, environment.get(TOKEN));
        try {
            Reconciliations services = new Reconciliations(new Endpoints(endpoints));
            return new Verification(services, out).run(List.of(), !given.isEmpty()) ? 0 : DRIFT;
        } catch (StackException failure) {
            out.println(failure.getMessage());
            return DRIFT;
        }
    }

    private static boolean isMissing(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").isBlank();
    }
}
