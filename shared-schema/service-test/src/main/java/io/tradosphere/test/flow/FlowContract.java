package io.tradosphere.test.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.inbox.EventConsumer;
import io.tradosphere.services.ServiceDescription;
import io.tradosphere.stack.Checkout;
import io.tradosphere.test.SliceStack;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Test contract of {@code docs/flows.md}: it shows the events that a service writes, by the classes that make them, and the topics
 * that its consumers read. Services subclass it as a {@code QuarkusTest}.
 */
public abstract class FlowContract {

    private static final Map<String, EventType> BY_RECORD = Arrays.stream(EventType.values())
            .collect(Collectors.toMap(type -> type.recordClass().getName(), Function.identity()));

    @Test
    void the_page_of_flows_shows_who_writes_and_reads_each_topic() throws IOException {
        // Given
        ServiceDescription service = SliceStack.sliceUnderTest().description();
        Path file = Checkout.find().resolve("docs/flows.md");
        List<String> flows =
                FlowPage.sorted(Stream.of(written(service), writtenByTriggers(service), read(service), silent(service))
                        .flatMap(Function.identity())
                        .distinct());
        // When
        if (Boolean.getBoolean("renew.docs")) {
            FlowPage.of(file).replace(service.schema(), flows).save(file);
        }
        // Then
        FlowPage page = FlowPage.of(file);
        assertThat(page.flowsOf(service.schema()))
                .as(
                        "docs/flows.md is generated. Renew it with: mvn test -pl %s -Dtest=FlowTest -Drenew.docs=true",
                        service.name())
                .isEqualTo(flows);
        assertThat(page.head()).isEqualTo(FlowPage.expectedHead());
    }

    private static Stream<String> written(ServiceDescription service) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tradosphere." + service.schema());
        return classes.stream()
                .flatMap(writer -> Stream.concat(made(writer), named(writer))
                        .flatMap(type -> type.topics().stream()
                                .filter(topic -> service.topics().contains(topic.topicName()))
                                .map(topic -> FlowPage.writes(type, topic, service.schema(), simple(writer)))));
    }

    /** The types of the events that a class makes. */
    private static Stream<EventType> made(JavaClass writer) {
        return Stream.concat(
                        writer.getConstructorCallsFromSelf().stream(),
                        writer.getConstructorReferencesFromSelf().stream())
                .map(made -> BY_RECORD.get(made.getTargetOwner().getName()))
                .filter(Objects::nonNull);
    }

    /** The types that a class names, since its SQL writes them to the outbox. */
    private static Stream<EventType> named(JavaClass writer) {
        return writer.getFieldAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(EventType.class))
                .map(access -> EventType.valueOf(access.getName()));
    }

    /** The events whose types a migration names, since its triggers write them to the outbox. */
    private static Stream<String> writtenByTriggers(ServiceDescription service) {
        Path migrations = Checkout.find().resolve(service.name()).resolve("src/main/resources/db/migration");
        try (Stream<Path> files = Files.list(migrations)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("V"))
                    .flatMap(file -> {
                        String sql = text(file);
                        return Arrays.stream(EventType.values())
                                .filter(type -> sql.contains("'" + type.ceType() + "'"))
                                .map(type -> FlowPage.writes(
                                        type,
                                        type.topic(),
                                        service.schema(),
                                        file.getFileName().toString()));
                    })
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> read(ServiceDescription service) {
        Instance<EventConsumer<?>> consumers = CDI.current().select(new ConsumerType(), Any.Literal.INSTANCE);
        return consumers
                .handlesStream()
                .flatMap(handle -> handle.get().topics().stream()
                        .map(topic -> FlowPage.reads(
                                topic,
                                service.schema(),
                                handle.get().purpose(),
                                handle.get().dedup().name().toLowerCase(Locale.ROOT),
                                simple(handle.getBean().getBeanClass().getName()))));
    }

    /** The topics that the service will write once it has what they tell. */
    private static Stream<String> silent(ServiceDescription service) {
        List<Topic> spoken = Stream.concat(written(service), writtenByTriggers(service))
                .flatMap(flow -> Arrays.stream(Topic.values()).filter(topic -> FlowPage.isAbout(flow, topic)))
                .toList();
        return Arrays.stream(Topic.values())
                .filter(topic -> service.topics().contains(topic.topicName()))
                .filter(topic -> !spoken.contains(topic))
                .map(topic -> FlowPage.writesNothing(topic, service.schema()));
    }

    private static String simple(JavaClass type) {
        return simple(type.getName());
    }

    /** The top-level class, without the part of the name that all have. */
    private static String simple(String className) {
        return className.replaceFirst("^io\\.tradosphere\\.", "").replaceFirst("\\$.*", "");
    }

    /** The consumers' type with its wildcard, for the lookup. */
    private static final class ConsumerType extends jakarta.enterprise.util.TypeLiteral<EventConsumer<?>> {

        private static final long serialVersionUID = 1L;
    }
}
