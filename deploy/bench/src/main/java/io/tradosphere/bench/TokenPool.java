package io.tradosphere.bench;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.issuer.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

/**
 * Access tokens for all actors, created before any measurement. One token is requested from the issuer. The others copy it and
 * are signed with the issuer's key from the suite's data folder. Requesting ten thousand tokens would take minutes.
 */
final class TokenPool {

    private static final String KEY_FILE = "oidc/signing-key.json";
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Dataset dataset;
    private final PrivateKey key;
    private final String header;
    private final JsonObject claims;

    /**
     * @param dataset the people who get tokens
     * @param issuer the suite's issuer
     * @param data the suite's data folder
     */
    TokenPool(Dataset dataset, String issuer, Path data) {
        this.dataset = dataset;
        String[] issuedParts = new Tokens(issuer)
                .token(dataset.id(dataset.actor(0)).toString(), List.of())
                .split("\\.", -1);
        this.header = issuedParts[0];
        this.claims = new JsonObject(new String(DECODER.decode(issuedParts[1]), StandardCharsets.UTF_8));
        try {
            this.key = key(new JsonObject(Files.readString(data.resolve(KEY_FILE))));
        } catch (IOException | GeneralSecurityException e) {
            throw new StackException("The issuer's key in " + data.resolve(KEY_FILE) + " cannot be used: " + e, e);
        }
    }

    /**
     * Creates one token per person.
     *
     * @param count number of tokens
     * @param person maps an index to a person
     */
    String[] of(int count, IntUnaryOperator person) {
        String[] tokens = new String[count];
        for (int i = 0; i < count; i++) {
            claims.put("sub", dataset.id(person.applyAsInt(i)).toString())
                    .put("jti", UUID.randomUUID().toString());
            String signed = header + "." + encoded(claims.encode().getBytes(StandardCharsets.UTF_8));
            tokens[i] = signed + "." + encoded(signature(signed));
        }
        return tokens;
    }

    private byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new StackException("Signing with the issuer's key failed: " + e, e);
        }
    }

    /** The private key of a JSON Web Key, RFC 7518 section 6.3. */
    private static PrivateKey key(JsonObject jwk) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        number(jwk, "n"),
                        number(jwk, "e"),
                        number(jwk, "d"),
                        number(jwk, "p"),
                        number(jwk, "q"),
                        number(jwk, "dp"),
                        number(jwk, "dq"),
                        number(jwk, "qi")));
    }

    private static BigInteger number(JsonObject jwk, String name) {
        return new BigInteger(1, DECODER.decode(jwk.getString(name)));
    }

    private static String encoded(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }
}
