package io.tradosphere.platform.openapi;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.MethodJavadoc;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import com.github.therapi.runtimejavadoc.ThrowsJavadoc;
import com.github.therapi.runtimejavadoc.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.MethodInfo;

/** Texts of the OpenAPI document, taken from Javadoc. The compiler keeps it beside the classes. */
final class JavadocTexts {

    /** As in {@code @throws Problem {@code not-found} (404)}. */
    private static final Pattern PROBLEM = Pattern.compile("`([a-z][a-z-]*)` \\((\\d{3})\\)");

    private final ClassLoader classes = Thread.currentThread().getContextClassLoader();
    private final Map<String, ClassJavadoc> known = new HashMap<>();

    /** What a type's Javadoc says; empty without Javadoc. */
    String of(ClassInfo type) {
        return sentence(javadoc(type).getComment());
    }

    /** What a record's Javadoc says about a component; empty when nothing. */
    String ofComponent(ClassInfo type, String component) {
        return of(javadoc(type).getRecordComponents(), component);
    }

    /** The constants of an enum by their Java names, with what their Javadoc says. */
    Map<String, String> ofConstants(ClassInfo type) {
        Map<String, String> texts = new HashMap<>();
        javadoc(type).getEnumConstants().forEach(each -> texts.put(each.getName(), sentence(each.getComment())));
        return texts;
    }

    /** What a method's Javadoc says; empty without Javadoc. */
    String of(MethodInfo method) {
        return javadoc(method).map(text -> sentence(text.getComment())).orElse("");
    }

    /** What it says about a parameter; empty when nothing. */
    String ofParameter(MethodInfo method, String parameter) {
        return javadoc(method).map(text -> of(text.getParams(), parameter)).orElse("");
    }

    /** What it says about the result; empty when nothing. */
    String ofResult(MethodInfo method) {
        return javadoc(method).map(text -> sentence(text.getReturns())).orElse("");
    }

    /** The problems that it says are thrown: their names by status. */
    Map<String, Set<String>> problems(MethodInfo method) {
        Map<String, Set<String>> problems = new TreeMap<>();
        for (ThrowsJavadoc thrown :
                javadoc(method).map(MethodJavadoc::getThrows).orElse(List.of())) {
            Matcher problem = PROBLEM.matcher(markdown(thrown.getComment()));
            while (problem.find()) {
                problems.computeIfAbsent(problem.group(2), status -> new TreeSet<>())
                        .add(problem.group(1));
            }
        }
        return problems;
    }

    private ClassJavadoc javadoc(ClassInfo type) {
        return known.computeIfAbsent(type.name().toString(), this::load);
    }

    private ClassJavadoc load(String type) {
        try {
            return RuntimeJavadoc.getJavadoc(Class.forName(type, false, classes));
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException("The index has a class that is not there", impossible);
        }
    }

    private Optional<MethodJavadoc> javadoc(MethodInfo method) {
        return javadoc(method.declaringClass()).getMethods().stream()
                .filter(each -> each.getName().equals(method.name())
                        && each.getParamTypes().size() == method.parametersCount())
                .findFirst();
    }

    private static String of(List<ParamJavadoc> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getName().equals(name))
                .findFirst()
                .map(parameter -> sentence(parameter.getComment()))
                .orElse("");
    }

    /** Begins with a capital letter and ends with a full stop. */
    private static String sentence(Comment comment) {
        String text = markdown(comment);
        if (text.isEmpty()) {
            return text;
        }
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.matches("(?s).*[.!?)]") ? capital : capital + ".";
    }

    private static String markdown(Comment comment) {
        StringBuilder text = new StringBuilder();
        Comment.nullToEmpty(comment).visit(new Markdown(text));
        return text.toString()
                .replaceAll("\\s+", " ")
                .replaceAll(" ?<p> ?", "\n\n")
                .replaceAll("</?[a-z][^>]*>", "")
                .strip();
    }

    private record Markdown(StringBuilder text) implements CommentVisitor {

        @Override
        public void commentText(String plain) {
            text.append(plain);
        }

        @Override
        public void inlineLink(Link link) {
            text.append(link.getLabel());
        }

        @Override
        public void inlineTag(String name, String value) {
            text.append(name.equals("code") ? "`" + value.strip() + "`" : value);
        }

        @Override
        public void inlineValue(Value value) {
            text.append(value.getReferencedMemberName());
        }
    }
}
