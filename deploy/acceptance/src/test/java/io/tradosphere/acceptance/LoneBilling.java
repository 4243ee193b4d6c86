package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.cli.suite.Secrets;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.Erased;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileState;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.broker.Topics;
import io.tradosphere.stack.postgres.Address;
import io.tradosphere.stack.postgres.Databases;
import io.tradosphere.stack.process.JavaProgram;
import io.tradosphere.stack.process.Ports;
import io.tradosphere.stripefake.StripeFake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A process of billing-service that a test starts and kills as it likes. It uses the suite's servers, with a database,
 * topics and a fake of Stripe of its own.
 */
final class LoneBilling implements AutoCloseable {

    static final Duration SOON = Duration.ofMinutes(3);

    private static final String PREFIX = "lone.";
    private static final Slice BILLING = Slice.named("billing");
    private static final String DATABASE = "lone_billing";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final EventCodec CODEC = new EventCodec();

    private final Secrets secrets = Secrets.of(SharedSuite.get().data());
    private final Ports ports = new Ports();
    private final int port = ports.any();
    private final int managementPort = ports.any();
    private final Databases databases = new Databases(Database.address().in("postgres"), secrets::get);
    private final Address database;
    private final LoneStripe stripe = new LoneStripe(webhooks());
    private Process process;

    LoneBilling() {
        Topics.ensure(SharedSuite.endpoints().get("KAFKA_BOOTSTRAP"), PREFIX);
        databases.drop(DATABASE);
        database = databases.prepare(DATABASE, List.of(BILLING));
    }

    /** Starts the process, and waits until it is ready. */
    void start() {
        Path jar = SharedSuite.get().data().path().resolve("apps/billing-service/quarkus-run.jar");
        List<String> command = new ArrayList<>(List.of(JavaProgram.java()));
        command.addAll(JavaProgram.SMALL);
        command.addAll(List.of("-Xmx128m", "-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(SharedSuite.get()
                        .data()
                        .logs()
                        .resolve("lone-billing.log")
                        .toFile()));
        builder.environment().putAll(environment());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("billing-service cannot be started", e);
        }
        await("billing-service")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isReady);
    }

    /** Kills the process with SIGKILL, and waits until it has ended. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        stripe.close();
        databases.drop(DATABASE);
    }

    /** Its Stripe. */
    LoneStripe stripe() {
        return stripe;
    }

    /** The database, as superuser. */
    Address database() {
        return database;
    }

    /** A client with a profile that this service knows. */
    Client person(Tier tier) {
        return people(tier, 1).get(0);
    }

    /** Clients with profiles that this service knows. */
    List<Client> people(Tier tier, int number) {
        List<Client> people =
                Stream.generate(Client::withoutProfile).limit(number).toList();
        people.forEach(person -> publish(created(person, tier), incarnation()));
        UUID[] ids = people.stream().map(Client::id).toArray(UUID[]::new);
        await().atMost(SOON)
                .until(() -> number("SELECT count(*) FROM profiles WHERE id = ANY (?)", (Object) ids) == number);
        return people;
    }

    /** A client with a plan who can be paid. */
    Client creator() {
        Client creator = person(Tier.GROW);
        requireCall(creator, 200, "PUT", "/v1/plans/me", "{\"priceMonthly\":\"9.99\",\"currency\":\"USD\"}");
        onboard(creator);
        return creator;
    }

    /** Makes somebody's account at Stripe, and finishes its onboarding. */
    void onboard(Client creator) {
        requireCall(creator, 201, "POST", "/v1/plans/me/onboarding", """
                {"returnUrl":"http://localhost:3000/","refreshUrl":"http://localhost:3000/again"}""");
        stripe.control(
                "accounts/" + text("SELECT stripe_account_id FROM payout_accounts WHERE profile_id = ?", creator.id()),
                Map.of("complete", true));
    }

    /** Publishes that a person is to be forgotten, as profile-service does. */
    void erase(Client person) {
        long incarnation = number("SELECT incarnation FROM profiles WHERE id = ?", person.id());
        publish(new Erased(person.id(), incarnation), incarnation + 1);
    }

    Client.Response call(Client client, String method, String path, String body, String... headers) {
        return client.callAt(url(), method, path, body, headers);
    }

    JsonNode requireCall(Client client, int status, String method, String path, String body) {
        Client.Response response = call(client, method, path, body);
        if (response.status() != status) {
            throw new AssertionError(method + " " + path + ": " + response);
        }
        return response.json();
    }

    /** Sends a request whose answer may never come, because the process is killed. */
    void begin(Runnable request) {
        // A thread each: most of them wait until the kill.
        CompletableFuture.runAsync(request, task -> new Thread(task, "request").start());
    }

    /** Posts an event of Stripe's, as Stripe does. */
    void postEvent(String event) {
        StripeFake.SignedEvent signed = stripe.signed(event);
        call(
                Client.anonymous(),
                "POST",
                "/v1/webhooks/stripe",
                signed.payload(),
                "Content-Type",
                "application/json",
                "Stripe-Signature",
                signed.signature());
    }

    /** Lets the leases and claims end that a killed process holds, as the next two minutes would. */
    void leasesEnd() {
        execute("UPDATE idempotency_keys SET leased_until = now() WHERE leased_until > now()");
        execute("UPDATE stripe_objects SET claimed_until = now() WHERE claimed_until > now()");
        execute("UPDATE stripe_tasks SET claimed_until = now() WHERE claimed_until > now()");
    }

    /** Waits until everything that Stripe has told and everything that must be done there is done. */
    void awaitDone() {
        await("objects of Stripe")
                .atMost(SOON)
                .until(() -> number("SELECT count(*) FROM stripe_objects WHERE requested > fetched") == 0);
        await("tasks at Stripe").atMost(SOON).until(() -> number("SELECT count(*) FROM stripe_tasks") == 0);
    }

    /** The ids of the published events of a type, by their key. An event may come twice, with the same id. */
    Map<String, Set<String>> events(Topic topic, String type) {
        await("outbox").atMost(SOON).until(() -> number("SELECT count(*) FROM outbox") == 0);
        return Broker.records(PREFIX + topic.topicName()).stream()
                .filter(record ->
                        String.valueOf(Broker.header(record, Envelope.TYPE)).contains(type))
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key,
                        Collectors.mapping(record -> Broker.header(record, Envelope.ID), Collectors.toSet())));
    }

    void execute(String sql, Object... arguments) {
        run(sql, arguments, PreparedStatement::execute);
    }

    long number(String sql, Object... arguments) {
        return Long.parseLong(text(sql, arguments));
    }

    /** The single value that a statement returns. */
    String text(String sql, Object... arguments) {
        return column(sql, arguments).get(0);
    }

    /** The first column of every row, as text. */
    List<String> column(String sql, Object... arguments) {
        return run(sql, arguments, statement -> {
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        });
    }

    /** The slice's tables that mention a person. */
    List<String> tablesThatMention(Client person) {
        return column("SELECT tablename FROM pg_tables WHERE schemaname = 'billing'").stream()
                .filter(table -> number(
                                "SELECT count(*) FROM " + table + " AS line WHERE line::text LIKE ?",
                                "%" + person.id() + "%")
                        > 0)
                .toList();
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Object[] arguments, Work<T> work) {
        try (Connection connection = database.connect();
                PreparedStatement path = connection.prepareStatement("SET search_path = billing, auth, pg_catalog");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            path.execute();
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return work.on(statement);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static void publish(Event event, long sequence) {
        Envelope envelope = Envelope.of(event, UUID.randomUUID(), "/tradosphere/test", Instant.now(), sequence, null);
        Broker.send(
                PREFIX + event.topic().topicName(),
                event.key(),
                envelope.toHeaders(),
                new String(CODEC.encode(event), StandardCharsets.UTF_8));
    }

    private static ProfileCreated created(Client person, Tier tier) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String username = "u" + person.id().toString().replace("-", "").substring(0, 20);
        return new ProfileCreated(new ProfileState(
                person.id(), username, null, null, null, null, null, null, null, tier, now, incarnation(), now, null));
    }

    private static long incarnation() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    private String webhooks() {
        return url() + "/v1/webhooks/stripe";
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("billing-service has ended; see lone-billing.log");
        }
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private Map<String, String> environment() {
        Endpoints endpoints = SharedSuite.endpoints();
        Map<String, String> environment = new java.util.HashMap<>();
        environment.put("TRADOSPHERE_ENVIRONMENT", "development");
        environment.put("TRADOSPHERE_DB_URL", database.urlWithoutUser());
        for (Slice.Role role : Slice.Role.values()) {
            environment.put("TRADOSPHERE_DB_" + role.name() + "_PASSWORD", secrets.get(BILLING.role(role)));
        }
        environment.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.get("KAFKA_BOOTSTRAP"));
        environment.put("TRADOSPHERE_KAFKA_PREFIX", PREFIX);
        environment.put("OIDC_ISSUER", endpoints.get("OIDC_ISSUER"));
        environment.put("OIDC_AUDIENCE", "tradosphere");
        environment.put("PROFILE_SERVICE_URL", endpoints.get("PROFILE_SERVICE_URL"));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("TRADOSPHERE_MANAGEMENT_PORT", String.valueOf(managementPort));
        environment.put("TRADOSPHERE_INTERNAL_TOKEN", endpoints.get("TRADOSPHERE_INTERNAL_TOKEN"));
        for (Slice source : Slice.values()) {
            environment.put(
                    source.schema().toUpperCase(Locale.ROOT) + "_MANAGEMENT_URL",
                    endpoints.get(source.variable() + "_MANAGEMENT_URL"));
        }
        environment.putAll(stripe.environment());
        return environment;
    }
}
