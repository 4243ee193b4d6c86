package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image whose layers are unpacked into a folder, which becomes the root of its processes.
 *
 * @param image what a container engine runs
 * @param root the folder
 */
record UnpackedImage(OciImage image, Path root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Unpacks the archive of an image. It has a licence, and a list of its parts with theirs. */
    static UnpackedImage of(Path archive, Path folder) throws IOException, InterruptedException {
        OciImage image = OciImage.read(archive, folder.resolve("blobs"));
        Path root = folder.resolve("root");
        image.unpack(root);
        assertThat(image.config().get("User").textValue()).isEqualTo("65532:65532");
        assertThat(root.resolve("jib")).doesNotExist();
        assertThat(root.resolve("app/LICENSE")).isNotEmptyFile();
        JsonNode parts =
                JSON.readTree(root.resolve("app/sbom/bom.json").toFile()).get("components");
        assertThat(parts).as("parts of " + archive).isNotEmpty();
        assertThat(parts)
                .as("licences of " + archive)
                .allMatch(part -> part.path("licenses").isArray());
        return new UnpackedImage(image, root);
    }

    /**
     * The command of a process in a mount namespace of its own. Its root is the image, read-only but for /tmp, and its user has no
     * rights.
     *
     * @param environment its variables, {@code NAME=value}; it has those of the image, too
     * @param arguments for the image's program
     */
    List<String> command(List<String> environment, String... arguments) throws IOException {
        for (String mountPoint : List.of("proc", "dev", "tmp")) {
            Files.createDirectories(root.resolve(mountPoint));
        }
        String enter = "mount --bind \"$0\" \"$0\" && mount -t proc proc \"$0/proc\" && mount --rbind /dev \"$0/dev\""
                + " && mount -t tmpfs -o mode=1777 tmpfs \"$0/tmp\" && mount -o remount,bind,ro \"$0\""
                + " && root=\"$0\" && exec chroot --userspec=65532:65532 \"$root\" \"$@\"";
        List<String> command = new ArrayList<>(List.of("env", "-i"));
        command.addAll(environment);
        command.addAll(image.environment());
        command.addAll(List.of("unshare", "--mount", "sh", "-c", enter, root.toString()));
        command.addAll(image.entrypoint());
        command.addAll(List.of(arguments));
        return command;
    }
}
