package io.tradosphere.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The services of the suite, in the order of their ports. */
public final class Services {

    static final String FILE = "service.yaml";
    static final String PACKED = "services.yaml";

    /** Separates the documents of one YAML stream. */
    static final String SEPARATOR = "---\n";

    private static final Pattern BETWEEN = Pattern.compile("^---\n", Pattern.MULTILINE);

    private static List<ServiceDescription> all;

    private Services() {}

    /**
     * Reads the descriptions that this jar was built with.
     *
     * @throws InvalidDescriptionException when one is wrong; one line
     */
    public static synchronized List<ServiceDescription> all() {
        if (all == null) {
            all = read();
        }
        return all;
    }

    private static List<ServiceDescription> read() {
        try (InputStream packed = Services.class.getResourceAsStream(PACKED)) {
            if (packed == null) {
                throw new InvalidDescriptionException(PACKED + " is missing. Build shared-schema/services again.");
            }
            String text = new String(packed.readAllBytes(), StandardCharsets.UTF_8);
            return checked(BETWEEN.splitAsStream(text)
                    .filter(document -> !document.isBlank())
                    .map(document -> DescriptionParser.parse(PACKED, document))
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(PACKED, unreadable);
        }
    }

    /**
     * Reads the descriptions of a checkout.
     *
     * @param checkout the folder with the services' folders
     * @return the text of each description by its file's name in the checkout
     * @throws InvalidDescriptionException when a service has none, or one is wrong; one line
     */
    public static Map<String, String> in(Path checkout) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> folders = Files.list(checkout)) {
            for (Path folder : folders.filter(
                            path -> path.toString().endsWith("-service") && Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                String name = folder.getFileName().toString();
                String file = name + "/" + FILE;
                if (!Files.exists(folder.resolve(FILE))) {
                    throw new InvalidDescriptionException(file + " is missing. Every service has one.");
                }
                texts.put(file, Files.readString(folder.resolve(FILE)));
                String described =
                        DescriptionParser.parse(file, texts.get(file)).name();
                if (!described.equals(name)) {
                    throw new InvalidDescriptionException(
                            file + ": 'name' is '" + described + "', but the folder is " + name + ". Make them equal.");
                }
            }
        }
        checked(texts.entrySet().stream()
                .map(text -> DescriptionParser.parse(text.getKey(), text.getValue()))
                .toList());
        return texts;
    }

    /** Refuses what two services claim. */
    static List<ServiceDescription> checked(List<ServiceDescription> services) {
        Map<String, String> owners = new HashMap<>();
        for (ServiceDescription service : services) {
            claim(owners, service, "name", service.name());
            claim(owners, service, "schema", service.schema());
            claim(owners, service, "port", String.valueOf(service.port()));
            service.topics().forEach(topic -> claim(owners, service, "topic", topic));
            prefixes(service).forEach(prefix -> claim(owners, service, "prefix", prefix));
        }
        for (ServiceDescription service : services) {
            prefixes(service).forEach(prefix -> {
                for (int end = prefix.lastIndexOf('/'); end > 0; end = prefix.lastIndexOf('/', end - 1)) {
                    String outer = prefix.substring(0, end);
                    refuse(owners.get("prefix " + outer), service, "prefix " + prefix, " under " + outer);
                }
            });
        }
        return services.stream()
                .sorted(Comparator.comparingInt(ServiceDescription::port))
                .toList();
    }

    private static Stream<String> prefixes(ServiceDescription service) {
        return Stream.concat(service.routes().stream(), service.streams().stream());
    }

    private static void claim(Map<String, String> owners, ServiceDescription service, String kind, String value) {
        refuse(owners.putIfAbsent(kind + " " + value, service.name()), service, kind + " " + value, "");
    }

    private static void refuse(String owner, ServiceDescription service, String claim, String where) {
        if (owner != null) {
            throw new InvalidDescriptionException(service.name() + "/" + FILE + ": the " + claim + " belongs to "
                    + owner + where + " already. Give it to one of them.");
        }
    }
}
