package io.tradosphere.stack.oidc;

import com.nimbusds.jose.jwk.RSAKey;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * The main class of the OIDC provider. It runs until SIGTERM. Its issuer is {@code
 * http://localhost:PORT/tradosphere}.
 *
 * <p>Arguments: {@code --data DIR --port N [--exit-with PID]}. The signing key is kept in {@code
 * DIR/signing-key.json}, so tokens stay valid after a restart. With {@code --exit-with} the provider ends when that
 * process ends.
 */
public final class Provider {

    private static final String USAGE = "usage: --data DIR --port N [--exit-with PID]";

    private Provider() {}

    /**
     * Starts the provider and waits for its end.
     *
     * @param args see the class
     * @throws Exception when it cannot start; the reason is on standard error
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            given.put(args[i], args[i + 1]);
        }
        MockOAuth2Server server = new MockOAuth2Server(config(SigningKey.in(Path.of(required(given, "--data")))));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.shutdown();
                            stopped.countDown();
                        },
                        "stop"));
        Optional.ofNullable(given.get("--exit-with")).map(Long::parseLong).ifPresent(Provider::exitWith);
        server.start(InetAddress.getByName("127.0.0.1"), Integer.parseInt(required(given, "--port")));
        stopped.await();
    }

    private static OAuth2Config config(RSAKey key) {
        KeyProvider keys = new KeyProvider(List.of(key), "RS256");
        // Scripts request a token with client credentials, `sub` and `roles`. Browsers use the login page.
        return new OAuth2Config(
                true,
                null,
                null,
                false,
                new OAuth2TokenProvider(keys, () -> null),
                Set.of(new AnyToken()),
                new NettyWrapper(null));
    }

    private static void exitWith(long pid) {
        ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalArgumentException("process " + pid + " is gone already"))
                .onExit()
                .thenRun(() -> Runtime.getRuntime().exit(0));
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing. " + USAGE);
        }
        return value;
    }
}
