package io.tradosphere.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that the code reads. Tests of what deploys the suite compare with them. */
public final class CodeVariables {

    private static final Pattern VARIABLE = Pattern.compile("[$]\\{([A-Z][A-Z0-9_]+)|\"([A-Z]+(?:_[A-Z0-9]+)+)\"");

    private CodeVariables() {}

    /**
     * Those that services, gateway and {@code tradosphere-topics} name in their sources. Kafka's and Quarkus' own are not
     * among them.
     *
     * @param checkout the root of the checkout
     */
    public static Set<String> in(Path checkout) throws IOException {
        Set<String> variables = new TreeSet<>();
        for (String folder : List.of(
                "shared-schema/platform", "shared-schema/telemetry", "shared-schema/topics", "deploy/gateway")) {
            collect(checkout.resolve(folder).resolve("src/main"), variables);
        }
        for (ServiceDescription service : Services.all()) {
            collect(checkout.resolve(service.name()).resolve("src/main"), variables);
            variables.addAll(service.secrets());
            variables.add(service.urlVariable());
        }
        for (String role : List.of("OWNER", "APP", "ADMIN", "WORKER")) {
            variables.add("TRADOSPHERE_DB_" + role + "_PASSWORD");
        }
        // Of a property of GatewayConfig.
        variables.addAll(Set.of("TRADOSPHERE_GATEWAY_TRUSTED_PROXIES", "TRADOSPHERE_GATEWAY_RATE_LIMIT_WRITES"));
        return variables;
    }

    private static void collect(Path folder, Set<String> variables) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().matches(".*[.](java|properties)"))
                    .toList()) {
                VARIABLE.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> variables.add(found.group(1) == null ? found.group(2) : found.group(1)));
            }
        }
    }
}
