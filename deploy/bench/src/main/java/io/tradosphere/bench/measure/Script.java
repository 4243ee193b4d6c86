package io.tradosphere.bench.measure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pgbench script that replays the statements of a request. It uses the same pipeline, role and parameters. Only the person
 * differs in every transaction.
 *
 * @param text the script
 * @param variables constant parameters, by variable name
 * @param named whether the statements are prepared once, otherwise planned each time
 */
record Script(String text, Map<String, String> variables, boolean named) {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern VARIABLE = Pattern.compile(":(?=\\w)");
    private static final Pattern SET = Pattern.compile("SET LOCAL (\\S+) = '([^']*)'");

    /**
     * The substitution of the captured person.
     *
     * @param captured text of the captured person, such as their id
     * @param expression SQL expression that replaces it; {@code :number} is another person's number
     * @param setUp script lines that set {@code :number} in each transaction
     */
    record Substitution(String captured, String expression, String setUp) {

        /** A random person in each transaction. */
        static Substitution random(int first, int count, String captured, String expression) {
            return new Substitution(
                    captured, expression, "\\set number random(" + first + ", " + (first + count - 1) + ")\n");
        }

        /** The next person in each transaction. */
        static Substitution roundRobin(int people, String captured, String expression) {
            return new Substitution(
                    captured,
                    expression,
                    "\\set turn :turn + 1\n\\set number (:turn * :clients + :client_id) % " + people + "\n");
        }
    }

    /** Looks up a statement's parameter types. */
    @FunctionalInterface
    interface Types {
        /** The types in parameter order. */
        List<String> of(String sql) throws SQLException;
    }

    /**
     * Creates the script.
     *
     * @param sent the captured statements
     * @param who the substitution of the person
     * @param types looks up parameter types
     */
    static Script of(List<LoggedStatement> sent, Substitution who, Types types) throws SQLException {
        Map<String, String> variables = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder(who.setUp());
        boolean pipelined = sent.size() > 1;
        if (pipelined) {
            text.append("\\startpipeline\n");
        }
        for (LoggedStatement statement : sent) {
            for (String sql :
                    statement.parameters().isEmpty() ? statement.sql().split(";") : new String[] {statement.sql()}) {
                text.append(oneLine(substitute(sql.strip(), statement.parameters(), who, types, variables)))
                        .append(";\n");
            }
        }
        if (pipelined) {
            text.append("\\endpipeline\n");
        }
        return new Script(text.toString(), variables, sent.stream().allMatch(LoggedStatement::named));
    }

    /** The script with other text, such as another signal's id, in place of the captured text. */
    Script with(String captured, String other) {
        Map<String, String> replaced = new LinkedHashMap<>(variables);
        replaced.replaceAll((name, value) -> value.replace(captured, other));
        return new Script(text.replace(captured, other), replaced, named);
    }

    /**
     * Removes line breaks and comments. It also splits literals at colons, such as HH24:MI, which pgbench would read as
     * variables.
     */
    private static String oneLine(String sql) {
        String line = sql.replaceAll("\\s*--[^\n]*", "").replaceAll("\\s+", " ");
        return LITERAL.matcher(line)
                .replaceAll(literal -> Matcher.quoteReplacement(
                        VARIABLE.matcher(literal.group()).find()
                                ? "(" + VARIABLE.matcher(literal.group()).replaceAll(":' || '") + ")"
                                : literal.group()));
    }

    private static String substitute(
            String sql, List<String> parameters, Substitution who, Types types, Map<String, String> variables)
            throws SQLException {
        Matcher set = SET.matcher(sql);
        if (set.matches()) {
            // SET accepts no expressions.
            return "SELECT set_config('" + set.group(1) + "', " + expression(set.group(2), who) + ", true)";
        }
        List<String> typed = parameters.isEmpty() ? List.of() : types.of(sql);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            String value = parameters.get(i);
            if (value == null) {
                values.add("NULL::" + typed.get(i));
            } else if (value.contains(who.captured())) {
                values.add("(" + expression(value, who) + ")::" + typed.get(i));
            } else {
                String name = "p" + variables.size();
                variables.put(name, value);
                // Casts each value: pgbench makes every occurrence a separate parameter, whose type is not always
                // inferred.
                values.add(":" + name + "::" + typed.get(i));
            }
        }
        return PARAMETER
                .matcher(sql)
                .replaceAll(number -> Matcher.quoteReplacement(values.get(Integer.parseInt(number.group(1)) - 1)));
    }

    /** The text with the substitution, as an SQL expression. */
    private static String expression(String text, Substitution who) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return quoted.replace(who.captured(), "' || " + who.expression() + " || '");
    }
}
