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
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The passwords and signing secrets of one data folder: random, made at the first start, readable by their owner alone. */
public final class Secrets {

    static final String SUPERUSER = "postgres";
    static final String STRIPE_WEBHOOK = "stripe-webhook";
    static final String AGORA_NOTIFICATION = "agora-notification";

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** Those of the folder; missing ones are made and kept. */
    public static Secrets of(DataFolder data) {
        Path file = data.resolve("secrets.properties");
        Properties values = read(file);
        int known = values.size();
        addMissing(values, SUPERUSER, "");
        addMissing(values, STRIPE_WEBHOOK, "whsec_");
        addMissing(values, AGORA_NOTIFICATION, "");
        for (Slice slice : Slice.values()) {
            slice.roles().forEach(role -> addMissing(values, role, ""));
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

    /** The secret of that name, such as a role's password. */
    public String get(String name) {
        return values.getProperty(name);
    }

    private static void addMissing(Properties values, String name, String prefix) {
        if (values.getProperty(name) == null) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            values.setProperty(name, prefix + HexFormat.of().formatHex(random));
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
