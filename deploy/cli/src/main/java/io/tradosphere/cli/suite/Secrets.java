package io.tradosphere.cli.suite;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Folders;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The passwords and signing secrets of one data folder. They are random, created at the first start, and readable
 * only by the owner.
 */
public final class Secrets {

    static final String SUPERUSER = "postgres";
    /** What every service shares, for calls between them. */
    static final String INTERNAL = "TRADOSPHERE_INTERNAL_TOKEN";

    /** What Stripe's own secrets begin with. */
    private static final Map<String, String> PREFIXES =
            Map.of(StripeAccount.WEBHOOK_SECRET, "whsec_", StripeAccount.KEY, "sk_test_");

    private static final int BYTES = 24;

    /** Secrets whose length others prescribe: Agora's certificates have 32 hexadecimal digits. */
    private static final Map<String, Integer> OTHER_BYTES = Map.of("AGORA_APP_CERTIFICATE", 16);

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** The secrets of the folder. Missing ones are created and saved. */
    public static Secrets of(DataFolder data) {
        Path file = data.resolve("secrets.properties");
        Properties values = read(file);
        int known = values.size();
        addMissing(values, SUPERUSER);
        addMissing(values, INTERNAL);
        for (Slice slice : Slice.values()) {
            slice.roles().forEach(role -> addMissing(values, role));
            slice.description().secrets().forEach(secret -> addMissing(values, secret));
        }
        if (values.size() > known) {
            Folders.writePrivate(
                    file,
                    new TreeSet<>(values.stringPropertyNames())
                            .stream()
                                    .map(name -> name + "=" + values.getProperty(name) + "\n")
                                    .collect(Collectors.joining()));
        }
        return new Secrets(values);
    }

    /** The secret of that name: a role, or the variable by which a service names it in its description. */
    public String get(String name) {
        return values.getProperty(name);
    }

    private static void addMissing(Properties values, String name) {
        if (values.getProperty(name) == null) {
            byte[] random = new byte[OTHER_BYTES.getOrDefault(name, BYTES)];
            new SecureRandom().nextBytes(random);
            values.setProperty(
                    name, PREFIXES.getOrDefault(name, "") + HexFormat.of().formatHex(random));
        }
    }

    private static Properties read(Path file) {
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException e) {
                throw new StackException("Cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        return values;
    }
}
