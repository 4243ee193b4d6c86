package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * An image in a tar archive, as the OCI image layout specifies it.
 *
 * @param config what a container engine runs, such as {@code User} and {@code Entrypoint}
 * @param layers the archives of its layers, the lowest first
 */
record OciImage(JsonNode config, List<Path> layers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads an archive; its blobs stay in {@code folder}. */
    static OciImage read(Path archive, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        tar("-xf", archive, folder);
        JsonNode index = JSON.readTree(folder.resolve("index.json").toFile());
        JsonNode manifest = JSON.readTree(
                blob(folder, index.at("/manifests/0/digest").textValue()).toFile());
        JsonNode config = JSON.readTree(
                blob(folder, manifest.at("/config/digest").textValue()).toFile());
        List<Path> layers = new ArrayList<>();
        for (JsonNode layer : manifest.get("layers")) {
            layers.add(blob(folder, layer.get("digest").textValue()));
        }
        return new OciImage(config.get("config"), layers);
    }

    /** Unpacks the layers over each other. */
    void unpack(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root);
        for (Path layer : layers) {
            tar("-xzf", layer, root);
        }
    }

    /** The command that a container engine runs. */
    List<String> entrypoint() {
        return texts(config.get("Entrypoint"));
    }

    /** Its environment, lines of {@code NAME=value}. */
    List<String> environment() {
        return texts(config.get("Env"));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static Path blob(Path folder, String digest) {
        return folder.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private static void tar(String option, Path archive, Path folder) throws IOException, InterruptedException {
        Process tar = new ProcessBuilder("tar", option, archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (!tar.waitFor(2, TimeUnit.MINUTES) || tar.exitValue() != 0) {
            throw new IOException("tar cannot read " + archive);
        }
    }
}
