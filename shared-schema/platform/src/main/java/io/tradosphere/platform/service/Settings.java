package io.tradosphere.platform.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the operator sets by environment variables, and what can be wrong with it. */
final class Settings {

    private static final List<String> PASSWORDS = List.of(
            "TRADOSPHERE_DB_OWNER_PASSWORD",
            "TRADOSPHERE_DB_APP_PASSWORD",
            "TRADOSPHERE_DB_ADMIN_PASSWORD",
            "TRADOSPHERE_DB_WORKER_PASSWORD");
    private static final Set<String> EVERYBODYS =
            Set.of("postgres", "password", "secret", "changeme", "change-me", "tradosphere", "admin", "test");

    private final UnaryOperator<String> environment;

    Settings(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** The first thing that is wrong, with its remedy, in one line; empty when the service can start. */
    Optional<String> mistake() {
        return kindOfEnvironment()
                .or(this::database)
                .or(this::passwords)
                .or(() -> missing("KAFKA_BOOTSTRAP_SERVERS", "the brokers, host:port separated by commas"))
                .or(this::issuer)
                .or(() -> missing("OIDC_AUDIENCE", "the audience that tokens must name"));
    }

    private Optional<String> kindOfEnvironment() {
        String kind = value("TRADOSPHERE_ENVIRONMENT").orElse("production");
        return kind.equals("production") || kind.equals("development")
                ? Optional.empty()
                : Optional.of(
                        "TRADOSPHERE_ENVIRONMENT is 'production' (the default) or 'development', not '" + kind + "'.");
    }

    private Optional<String> database() {
        return missing("TRADOSPHERE_DB_URL", "such as postgresql://db.example.com:5432/tradosphere")
                .or(() -> value("TRADOSPHERE_DB_URL")
                        .filter(url -> !url.matches("postgresql://[^@\\s/]+/\\S+"))
                        .map(url ->
                                "TRADOSPHERE_DB_URL has the form postgresql://host:port/database, without a user."));
    }

    private Optional<String> passwords() {
        for (String name : PASSWORDS) {
            Optional<String> mistake = missing(name, "the password of that database role")
                    .or(() -> value(name)
                            .filter(password ->
                                    isProduction() && EVERYBODYS.contains(password.toLowerCase(Locale.ROOT)))
                            .map(password -> name + " is a password that everybody knows; choose another."));
            if (mistake.isPresent()) {
                return mistake;
            }
        }
        return Optional.empty();
    }

    private Optional<String> issuer() {
        return missing("OIDC_ISSUER", "the URL of the OIDC provider whose tokens are accepted")
                .or(() -> {
                    try {
                        String scheme = new URI(value("OIDC_ISSUER").orElseThrow()).getScheme();
                        return "https".equals(scheme) || ("http".equals(scheme) && !isProduction())
                                ? Optional.empty()
                                : Optional.of(
                                        "OIDC_ISSUER is an https URL; http is for TRADOSPHERE_ENVIRONMENT=development alone.");
                    } catch (URISyntaxException malformed) {
                        return Optional.of("OIDC_ISSUER is not a URL.");
                    }
                });
    }

    private boolean isProduction() {
        return value("TRADOSPHERE_ENVIRONMENT").orElse("production").equals("production");
    }

    private Optional<String> missing(String name, String meaning) {
        return value(name).isPresent() ? Optional.empty() : Optional.of("set " + name + ": " + meaning + ".");
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(text -> !text.isBlank());
    }
}
