package io.tradosphere.stack.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/** The key that signs the tokens. Its file is readable only by the owner. */
final class SigningKey {

    private static final String FILE = "signing-key.json";

    private SigningKey() {}

    /**
     * The key in this data folder, created at the first call.
     *
     * @throws IOException when the folder cannot be written
     */
    static RSAKey in(Path data) throws IOException, JOSEException, ParseException {
        Path file = Files.createDirectories(data).resolve(FILE);
        if (!Files.exists(file)) {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyID(AnyToken.ISSUER)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            Path made = Files.createTempFile(data, "key", ".json", ownerOnly());
            Files.writeString(made, key.toJSONString());
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return RSAKey.parse(Files.readString(file));
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
