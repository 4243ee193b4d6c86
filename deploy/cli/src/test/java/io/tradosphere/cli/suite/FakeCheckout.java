package io.tradosphere.cli.suite;

import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.process.JavaProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A clone with fake services. Its PostgreSQL, Kafka and OIDC provider are real. */
final class FakeCheckout {

    private final Path root;

    FakeCheckout(Path root) throws IOException {
        this.root = root;
        Checkout real = Checkout.find();
        Files.createDirectories(root.resolve("deploy"));
        Files.createDirectories(root.resolve(".tradosphere"));
        Files.createDirectories(real.runtime());
        Files.createSymbolicLink(root.resolve(".tradosphere/runtime"), real.runtime());
        for (String module : List.of("stack", "stack-kafka", "stack-oidc", "stripe-fake")) {
            Files.createSymbolicLink(root.resolve("deploy").resolve(module), real.resolve("deploy/" + module));
        }
        for (Slice slice : Slice.values()) {
            install(slice.service());
        }
        install("deploy/gateway");
    }

    /** Runs a command of the program in its own JVM. Its output can be read. */
    Process run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JavaProgram.java(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dtradosphere.home=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                "io.tradosphere.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder launcher = new ProcessBuilder(command).redirectErrorStream(true);
        // As in the shell of a developer who runs a service by hand.
        launcher.environment().put("STRIPE_WEBHOOK_SECRET", "whsec_of_the_shell");
        return launcher.start();
    }

    /** Runs a command to its end and returns its output. The last line is the exit code. */
    String output(String... arguments) throws IOException, InterruptedException {
        Process process = run(arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.waitFor();
    }

    Endpoints endpoints() {
        return Endpoints.read(root.resolve(".tradosphere/endpoints.env"));
    }

    Path data() {
        return root.resolve(".tradosphere");
    }

    private void install(String module) throws IOException {
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
    }
}
