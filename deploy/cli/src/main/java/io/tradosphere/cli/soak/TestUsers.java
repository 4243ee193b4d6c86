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
 * The test users of a soak.
 *
 * @param followers the users who follow
 * @param followed the followed users; the first one receives half of all follows
 */
record TestUsers(List<TestUser> followers, List<TestUser> followed) {

    private static final int AT_ONCE = 8;

    /** Creates the users' profiles, under new names. */
    static TestUsers create(Endpoints endpoints, int followers, int followed) {
        Gateway gateway = new Gateway(endpoints.get("GATEWAY_URL"));
        Tokens tokens = new Tokens(endpoints.get("OIDC_ISSUER"));
        String run = Long.toString(System.currentTimeMillis(), 36);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            return new TestUsers(
                    all(followers, threads, number -> createUser(gateway, tokens, "follower_" + run + "_" + number)),
                    all(followed, threads, number -> createUser(gateway, tokens, "followed_" + run + "_" + number)));
        } finally {
            threads.shutdown();
        }
    }

    TestUser mostFollowed() {
        return followed.get(0);
    }

    private static List<TestUser> all(
            int count, ExecutorService threads, java.util.function.IntFunction<TestUser> creation) {
        List<CompletableFuture<TestUser>> creations = IntStream.range(0, count)
                .mapToObj(number ->
                        CompletableFuture.supplyAsync((Supplier<TestUser>) () -> creation.apply(number), threads))
                .toList();
        return creations.stream().map(CompletableFuture::join).toList();
    }

    private static TestUser createUser(Gateway gateway, Tokens tokens, String username) {
        UUID id = UUID.randomUUID();
        String token = tokens.token(id.toString(), List.of());
        gateway.send("POST", "/v1/profiles", token, "{\"username\":\"" + username + "\"}")
                .orThrow("create a profile");
        return new TestUser(id, token);
    }
}
