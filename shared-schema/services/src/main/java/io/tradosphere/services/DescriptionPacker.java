package io.tradosphere.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A step of the build: checks the services' descriptions and packs them into one resource. */
public final class DescriptionPacker {

    private DescriptionPacker() {}

    /**
     * Packs the descriptions.
     *
     * @param arguments the folder with the services' folders, and the folder of compiled classes
     * @throws InvalidDescriptionException when a description is wrong; one line, which ends the build
     */
    public static void main(String... arguments) throws IOException {
        Path packed = Path.of(arguments[1])
                .resolve(Services.class.getPackageName().replace('.', '/'))
                .resolve(Services.PACKED);
        Files.createDirectories(packed.getParent());
        Files.writeString(
                packed,
                String.join(
                        Services.SEPARATOR, Services.in(Path.of(arguments[0])).values()));
    }
}
