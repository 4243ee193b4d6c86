package io.tradosphere.test.statement;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.SqlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A search for all SQL statements of some packages: the values of constants, and the literals in methods. */
final class SqlStatements {

    /** A statement has at least two words, so that the name of an enum's constant is none. */
    private static final Pattern STATEMENT =
            Pattern.compile("(?s)\\s*(WITH|SELECT|INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\\s+\\S.*");

    private static final Pattern PLACEHOLDER = Pattern.compile("%(\\d\\$)?s");
    private static final String OURS = "io.tradosphere.";
    private static final char ARGUMENT = '\1';
    private static final String INITIALIZER = "<clinit>";

    private final Map<String, String> found = new TreeMap<>();
    private final Set<String> incomplete = new HashSet<>();
    private final List<String> builtInMethods = new ArrayList<>();

    private SqlStatements() {}

    /** Searches the classes of these packages that are no tests. */
    static SqlStatements in(String... packages) {
        SqlStatements statements = new SqlStatements();
        JavaClasses types = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages);
        types.forEach(type -> statements.readConstants(type.getName()));
        types.forEach(type -> statements.readMethods(type.getName()));
        return statements;
    }

    /** The statements by the place where they are. */
    Map<String, String> all() {
        return found;
    }

    /** The places where a method puts a statement together, so that nobody can prepare it beforehand. */
    List<String> builtInMethods() {
        return builtInMethods;
    }

    private void readConstants(String name) {
        try {
            Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && holdsSql(field)) {
                    field.setAccessible(true);
                    boolean isIncomplete = field.isAnnotationPresent(IncompleteSql.class);
                    if (isIncomplete) {
                        incomplete.add((String) field.get(null));
                    } else {
                        read(name + "." + field.getName(), field.get(null));
                    }
                }
            }
        } catch (ReflectiveOperationException unreadable) {
            throw new AssertionError(name, unreadable);
        }
    }

    /** Text, a collection, or an object of our own types, which may keep statements. Those of a file are in constants, completed. */
    private static boolean holdsSql(Field field) {
        Class<?> type = field.getType();
        return type == String.class
                || Map.class.isAssignableFrom(type)
                || Iterable.class.isAssignableFrom(type)
                || type.getName().startsWith(OURS) && !type.isEnum() && type != SqlFile.class;
    }

    private void read(String place, Object value) throws IllegalAccessException {
        if (value instanceof String text) {
            add(place, text);
        } else if (value instanceof Map<?, ?> map) {
            read(place, map.values());
        } else if (value instanceof Iterable<?> items) {
            int position = 0;
            for (Object item : items) {
                position++;
                read(place + " " + position, item);
            }
        } else if (value != null && value.getClass().getName().startsWith(OURS) && !(value instanceof Enum)) {
            for (Field field : value.getClass().getDeclaredFields()) {
                boolean isRead = !Modifier.isStatic(field.getModifiers())
                        && holdsSql(field)
                        && !field.isAnnotationPresent(IncompleteSql.class);
                if (isRead) {
                    field.setAccessible(true);
                    read(place + "." + field.getName(), field.get(value));
                }
            }
        }
    }

    private void readMethods(String name) {
        String file = name.replace('.', '/') + ".class";
        try (InputStream bytes = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            new ClassReader(bytes).accept(new Literals(name), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(String place, String text) {
        if (text != null && STATEMENT.matcher(text).matches() && !found.containsValue(text)) {
            found.put(place, text);
        }
    }

    private final class Literals extends ClassVisitor {

        private final String type;

        Literals(String type) {
            super(Opcodes.ASM9);
            this.type = type;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            if (method.equals(INITIALIZER)) {
                // What it makes is the constants' values.
                return null;
            }
            String place = type + "#" + method;
            return new MethodVisitor(Opcodes.ASM9) {
                private int literals;

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof String text && !incomplete.contains(text)) {
                        literals++;
                        if (STATEMENT.matcher(text).matches()
                                && PLACEHOLDER.matcher(text).find()) {
                            builtInMethods.add(place);
                        } else {
                            add(place + " " + literals, text);
                        }
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String shape, Handle bootstrap, Object... arguments) {
                    boolean isStatement = arguments.length > 0
                            && arguments[0] instanceof String recipe
                            && recipe.indexOf(ARGUMENT) > 0
                            && STATEMENT.matcher(recipe).matches();
                    if (isStatement) {
                        builtInMethods.add(place);
                    }
                }
            };
        }
    }
}
