package io.tradosphere.stripefake;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A fake with a clock that stands on the last of January, Stripe's own client to it, and a receiver of webhooks. */
final class Stripe implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    static final String SECRET = "whsec_of_the_test";

    /** What arrived at the receiver. */
    record Received(String payload, String signature) {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final StripeFake fake;
    final StripeClient client;
    final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger answer = new AtomicInteger(200);
    private final HttpServer receiver;

    private Stripe(Settings settings) {
        fake = StripeFake.start(settings);
        client = StripeClient.builder()
                .setApiKey("sk_test_anything")
                .setApiBase(fake.baseUrl())
                .setMaxNetworkRetries(0)
                .build();
        try {
            receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        receiver.createContext("/", exchange -> {
            received.add(new Received(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("Stripe-Signature")));
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        receiver.start();
    }

    static Stripe start() {
        return start(Settings.defaults());
    }

    static Stripe start(Settings settings) {
        return new Stripe(settings.withFrozenClock(START));
    }

    String receiverUrl() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/webhooks";
    }

    String listen() {
        return fake.addEndpoint(new Settings.Endpoint(receiverUrl(), SECRET, false));
    }

    Customer payer(String card) throws StripeException {
        return client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("payer@example.com")
                        .setPaymentMethod(card)
                        .setInvoiceSettings(CustomerCreateParams.InvoiceSettings.builder()
                                .setDefaultPaymentMethod(card)
                                .build())
                        .build());
    }

    Price monthly(String currency, long amount) throws StripeException {
        return price(currency, amount, PriceCreateParams.Recurring.Interval.MONTH);
    }

    Price price(String currency, long amount, PriceCreateParams.Recurring.Interval interval) throws StripeException {
        return client.v1()
                .prices()
                .create(PriceCreateParams.builder()
                        .setCurrency(currency)
                        .setUnitAmount(amount)
                        .setProductData(PriceCreateParams.ProductData.builder()
                                .setName("Gold")
                                .build())
                        .setRecurring(PriceCreateParams.Recurring.builder()
                                .setInterval(interval)
                                .build())
                        .build());
    }

    Subscription subscribe(Customer customer, Price price) throws StripeException {
        return client.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(price.getId())
                                .build())
                        .build());
    }

    Subscription subscription(String id) throws StripeException {
        return client.v1().subscriptions().retrieve(id);
    }

    List<Invoice> invoices(String subscription) throws StripeException {
        return client.v1()
                .invoices()
                .list(InvoiceListParams.builder().setSubscription(subscription).build())
                .getData();
    }

    /** The types of all events, oldest first. */
    List<String> events() throws StripeException {
        List<String> types = new ArrayList<>(
                client
                        .v1()
                        .events()
                        .list(EventListParams.builder().setLimit(100L).build())
                        .getData()
                        .stream()
                        .map(Event::getType)
                        .toList());
        Collections.reverse(types);
        return types;
    }

    void days(long days) {
        fake.advance(Duration.ofDays(days));
    }

    /** A control call. */
    String control(String method, String path, String json) throws Exception {
        return send(path, method, "application/json", json).body();
    }

    /** Sends a form of a page, as a browser does. */
    HttpResponse<String> submit(String url, Map<String, String> fields) throws Exception {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(url.replace(fake.baseUrl(), ""), "POST", "application/x-www-form-urlencoded", form);
    }

    HttpResponse<String> send(String path, String method, String type, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fake.baseUrl() + path))
                .header("Content-Type", type)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        fake.close();
        receiver.stop(0);
    }
}
