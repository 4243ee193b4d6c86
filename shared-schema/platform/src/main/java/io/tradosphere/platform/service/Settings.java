package io.tradosphere.platform.service;

import io.tradosphere.telemetry.LogSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Validation of the environment variables that the operator sets. */
final class Settings {

    private static final Set<String> WELL_KNOWN_PASSWORDS =
            Set.of("postgres", "password", "secret", "changeme", "change-me", "tradosphere", "admin", "test");

    private static final int SECRET_LENGTH = 32;

    private final UnaryOperator<String> environment;
    private final Iterable<SettingsCheck> checks;

    /** @param checks what the service itself requires, beyond what every service does */
    Settings(UnaryOperator<String> environment, Iterable<SettingsCheck> checks) {
        this.environment = environment;
        this.checks = checks;
    }

    /** The first error with its remedy, in one line; empty when the service can start. */
    Optional<String> error() {
        return environmentName()
                .or(this::migrationMode)
                .or(() -> new LogSettings(environment).error())
                .or(this::database)
                .or(this::passwords)
                .or(() -> mode() == MigrationMode.ONLY ? Optional.empty() : serving());
    }

    /** When migrations are applied; {@link #error} has found the value right. */
    MigrationMode mode() {
        return MigrationMode.of(value(MigrationMode.VARIABLE).orElse(null)).orElse(MigrationMode.AT_START);
    }

    private Optional<String> migrationMode() {
        return value(MigrationMode.VARIABLE)
                .filter(text -> MigrationMode.of(text).isEmpty())
                .map(text -> MigrationMode.VARIABLE + " is at-start (the default), only or never, not '" + text + "'.");
    }

    private Optional<String> serving() {
        return missing("KAFKA_BOOTSTRAP_SERVERS", "the brokers, host:port separated by commas")
                .or(this::kafkaPrefix)
                .or(this::issuer)
                .or(() -> missing("OIDC_AUDIENCE", "the audience that tokens must name"))
                .or(() -> wholeNumber("TRADOSPHERE_DB_APP_POOL", 1, 200))
                .or(() -> wholeNumber("TRADOSPHERE_DB_READ_POOL", 1, 200))
                .or(() -> wholeNumber("QUARKUS_HTTP_PORT", 0, 65_535))
                .or(this::internalToken)
                .or(() -> wholeNumber("TRADOSPHERE_MANAGEMENT_PORT", 0, 65_535))
                .or(() -> wholeNumber("TRADOSPHERE_FEED_STAR_FOLLOWERS", 1, Integer.MAX_VALUE))
                .or(() -> brokers("KAFKA_BOOTSTRAP_SERVERS"))
                .or(() -> urls("PROFILE_SERVICE_URL"))
                .or(() -> urls("BILLING_MANAGEMENT_URL"))
                .or(() -> urls("PROFILE_MANAGEMENT_URL"))
                .or(() -> urls("SIGNAL_MANAGEMENT_URL"))
                .or(() -> urls("SOCIAL_MANAGEMENT_URL"))
                .or(this::ofTheService);
    }

    private Optional<String> ofTheService() {
        for (SettingsCheck check : checks) {
            Optional<String> error = check.error(name -> value(name).orElse(null), isProduction());
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    private Optional<String> wholeNumber(String name, int least, int most) {
        return value(name)
                .filter(text ->
                        !text.matches("[0-9]{1,10}") || Long.parseLong(text) < least || Long.parseLong(text) > most)
                .map(text -> name + " is a whole number from " + least + " to " + most + ", not '" + text + "'.");
    }

    private Optional<String> brokers(String name) {
        return value(name)
                .filter(text -> !text.matches("\\[?[^\\s,/@]+:[0-9]{1,5}(\\s*,\\s*\\[?[^\\s,/@]+:[0-9]{1,5})*"))
                .map(text -> name + " is a list of host:port separated by commas, not '" + text + "'.");
    }

    private Optional<String> urls(String name) {
        return value(name)
                .filter(text -> !text.matches("https?://[^\\s,]+(\\s*,\\s*https?://[^\\s,]+)*"))
                .map(text -> name + " is a list of http or https URLs separated by commas, not '" + text + "'.");
    }

    private Optional<String> environmentName() {
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
        for (String role : mode().roles()) {
            String name = DatabaseLogin.passwordOf(role);
            Optional<String> error = missing(name, "the password of that database role")
                    .or(() -> value(name)
                            .filter(password ->
                                    isProduction() && WELL_KNOWN_PASSWORDS.contains(password.toLowerCase(Locale.ROOT)))
                            .map(password -> name + " is a password that everybody knows; choose another."));
            if (error.isPresent()) {
                return error;
            }
        }
        return Optional.empty();
    }

    /** In development the internal interface stays closed without a token. */
    private Optional<String> internalToken() {
        Optional<String> absent = isProduction()
                ? missing(
                        "TRADOSPHERE_INTERNAL_TOKEN",
                        "the secret of the internal interface, the same for every service")
                : Optional.empty();
        return absent.or(() -> value("TRADOSPHERE_INTERNAL_TOKEN")
                .filter(token -> token.length() < SECRET_LENGTH)
                .map(token -> "TRADOSPHERE_INTERNAL_TOKEN has at least " + SECRET_LENGTH + " characters."));
    }

    private Optional<String> kafkaPrefix() {
        return value("TRADOSPHERE_KAFKA_PREFIX")
                .filter(prefix -> !prefix.matches("[A-Za-z0-9._-]{1,60}"))
                .map(prefix ->
                        "TRADOSPHERE_KAFKA_PREFIX has at most 60 letters, digits, dots, underscores and hyphens.");
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
