package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java sources that a test compiles against its own class path. */
final class JavaProject {

    private JavaProject() {}

    /**
     * Compiles all sources in some folders and files, and loads the classes.
     *
     * @param classes where the classes go
     */
    static ClassLoader compile(Path classes, Path... sources) throws IOException {
        Files.createDirectories(classes);
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            try (Stream<Path> found = Files.walk(source)) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-nowarn", "-proc:none");
            assertThat(compiler.getTask(
                                    errors, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                            .call())
                    .as(errors.toString())
                    .isTrue();
        }
        return loader(classes);
    }

    private static ClassLoader loader(Path classes) throws MalformedURLException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, JavaProject.class.getClassLoader());
    }
}
