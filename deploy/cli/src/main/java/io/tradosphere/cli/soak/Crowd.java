package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.issuer.Tokens;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The people of a soak, each with a profile of their own.
 *
 * @param followers those who follow
 * @param followed those who are followed; the first is the star, whom half of all follows are about
 */
record Crowd(List<Person> followers, List<Person> followed) {

    private static final int AT_ONCE = 8;

    /** Makes so many people their profiles, under names that nobody had before. */
    static Crowd gather(Endpoints endpoints, int followers, int followed) {
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        Tokens tokens = new Tokens(endpoints.get("OIDC_ISSUER"));
        String run = Long.toString(System.currentTimeMillis(), 36);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            return new Crowd(
                    all(followers, threads, number -> arrive(gateway, tokens, "follower_" + run + "_" + number)),
                    all(followed, threads, number -> arrive(gateway, tokens, "followed_" + run + "_" + number)));
        } finally {
            threads.shutdown();
        }
    }

    Person star() {
        return followed.get(0);
    }

    private static List<Person> all(
            int count, ExecutorService threads, java.util.function.IntFunction<Person> arrival) {
        List<CompletableFuture<Person>> arrivals = IntStream.range(0, count)
                .mapToObj(number ->
                        CompletableFuture.supplyAsync((Supplier<Person>) () -> arrival.apply(number), threads))
                .toList();
        return arrivals.stream().map(CompletableFuture::join).toList();
    }

    private static Person arrive(Gateway gateway, Tokens tokens, String username) {
        UUID id = UUID.randomUUID();
        String token = tokens.token(id.toString(), List.of());
        gateway.send("POST", "/v1/profiles", token, "{\"username\":\"" + username + "\"}")
                .orFail("make a profile");
        return new Person(id, token);
    }
}
