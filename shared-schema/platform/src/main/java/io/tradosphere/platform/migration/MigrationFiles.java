package io.tradosphere.platform.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * A provider of the migrations on the class path. Flyway's own scanner asks the class loader for folders, which that of a packaged
 * Quarkus application does not find. This one looks into the jars, or folders, of the service and of the platform.
 */
final class MigrationFiles implements ResourceProvider {

    /** One file at the root of the service's own jar, and one of the platform's. */
    private static final List<String> ROOTS = List.of("application.properties", "db/bootstrap.sql");

    private static final String SUFFIX = ".sql";

    private final Map<String, LoadableResource> byPath = new TreeMap<>();

    /**
     * Reads the files.
     *
     * @param loader the class loader of the service
     * @param folders the folders with migrations, such as {@code db/platform}
     */
    MigrationFiles(ClassLoader loader, List<String> folders) {
        for (String root : ROOTS) {
            URL url = loader.getResource(root);
            if (url == null) {
                throw new IllegalStateException(root + " is not on the class path");
            }
            try {
                for (String path : paths(url, root, folders)) {
                    byPath.put(path, new Script(path, text(loader, path)));
                }
            } catch (IOException damaged) {
                throw new UncheckedIOException(url.toString(), damaged);
            }
        }
    }

    @Override
    public LoadableResource getResource(String name) {
        return byPath.get(name);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return byPath.values().stream()
                .filter(script -> script.getFilename().startsWith(prefix)
                        && Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith))
                .toList();
    }

    private static List<String> paths(URL url, String root, List<String> folders) throws IOException {
        String location = url.toExternalForm();
        if (location.startsWith("jar:")) {
            try (JarFile jar =
                    new JarFile(Path.of(URI.create(location.substring("jar:".length(), location.indexOf("!/"))))
                            .toFile())) {
                return jar.stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.endsWith(SUFFIX) && folders.contains(folderOf(name)))
                        .toList();
            }
        }
        Path top = Path.of(URI.create(location.substring(0, location.length() - root.length())));
        List<String> paths = new ArrayList<>();
        for (String folder : folders) {
            if (Files.isDirectory(top.resolve(folder))) {
                try (Stream<Path> files = Files.list(top.resolve(folder))) {
                    files.map(file -> folder + "/" + file.getFileName())
                            .filter(name -> name.endsWith(SUFFIX))
                            .forEach(paths::add);
                }
            }
        }
        return paths;
    }

    private static String folderOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static String text(ClassLoader loader, String path) throws IOException {
        try (InputStream file = loader.getResourceAsStream(path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class Script extends LoadableResource {

        private final String path;
        private final String text;

        Script(String path, String text) {
            this.path = path;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        @Override
        public String getRelativePath() {
            return path;
        }
    }
}
