package io.tradosphere.bench.measure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service sends for a request, as pgbench sends it: in one pipeline, as the same role, with the same parameters but for the
 * person, whose place is taken by another one in every transaction.
 *
 * @param text the script
 * @param variables parameters that stay the same, which the script names
 * @param named whether its statements are planned once and for all, else each time anew
 */
record Script(String text, Map<String, String> variables, boolean named) {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern VARIABLE = Pattern.compile(":(?=\\w)");
    private static final Pattern SET = Pattern.compile("SET LOCAL (\\S+) = '([^']*)'");

    /**
     * What is taken the place of by what.
     *
     * @param heard what the statements hold of the one who was heard, such as their id
     * @param expression what stands there instead, as SQL; {@code :number} is the number of another person
     * @param setUp lines that give each transaction its {@code :number}
     */
    record StandIn(String heard, String expression, String setUp) {

        /** Another of so many people each time, at random. */
        static StandIn anyOf(int first, int count, String heard, String expression) {
            return new StandIn(heard, expression, "\\set number random(" + first + ", " + (first + count - 1) + ")\n");
        }

        /** So many people one after the other, each in their turn. */
        static StandIn oneAfterTheOther(int people, String heard, String expression) {
            return new StandIn(
                    heard,
                    expression,
                    "\\set turn :turn + 1\n\\set number (:turn * :clients + :client_id) % " + people + "\n");
        }
    }

    /** The types of a statement's parameters, in their order. */
    @FunctionalInterface
    interface Types {
        /** Of that statement. */
        List<String> of(String sql) throws SQLException;
    }

    /**
     * Makes the script.
     *
     * @param sent what was heard
     * @param who stands in for the person who asked
     * @param types tells the types of a statement's parameters
     */
    static Script of(List<SentStatement> sent, StandIn who, Types types) throws SQLException {
        Map<String, String> variables = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder(who.setUp());
        boolean pipelined = sent.size() > 1;
        if (pipelined) {
            text.append("\\startpipeline\n");
        }
        for (SentStatement statement : sent) {
            for (String sql :
                    statement.parameters().isEmpty() ? statement.sql().split(";") : new String[] {statement.sql()}) {
                text.append(spelt(withStandIn(sql.strip(), statement.parameters(), who, types, variables)))
                        .append(";\n");
            }
        }
        if (pipelined) {
            text.append("\\endpipeline\n");
        }
        return new Script(text.toString(), variables, sent.stream().allMatch(SentStatement::named));
    }

    /** The script for another signal, say, than the one that was heard. */
    Script with(String heard, String other) {
        Map<String, String> replaced = new LinkedHashMap<>(variables);
        replaced.replaceAll((name, value) -> value.replace(heard, other));
        return new Script(text.replace(heard, other), replaced, named);
    }

    /** In one line, without comments, and so that pgbench takes no part of a literal, such as HH24:MI, for a variable. */
    private static String spelt(String sql) {
        String line = sql.replaceAll("\\s*--[^\n]*", "").replaceAll("\\s+", " ");
        return LITERAL.matcher(line)
                .replaceAll(literal -> Matcher.quoteReplacement(
                        VARIABLE.matcher(literal.group()).find()
                                ? "(" + VARIABLE.matcher(literal.group()).replaceAll(":' || '") + ")"
                                : literal.group()));
    }

    private static String withStandIn(
            String sql, List<String> parameters, StandIn who, Types types, Map<String, String> variables)
            throws SQLException {
        Matcher set = SET.matcher(sql);
        if (set.matches()) {
            // SET takes no expressions.
            return "SELECT set_config('" + set.group(1) + "', " + expression(set.group(2), who) + ", true)";
        }
        List<String> typed = parameters.isEmpty() ? List.of() : types.of(sql);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            String value = parameters.get(i);
            if (value == null) {
                values.add("NULL::" + typed.get(i));
            } else if (value.contains(who.heard())) {
                values.add("(" + expression(value, who) + ")::" + typed.get(i));
            } else {
                String name = "p" + variables.size();
                variables.put(name, value);
                // Each place is a parameter of its own to pgbench, and not every place tells its type.
                values.add(":" + name + "::" + typed.get(i));
            }
        }
        return PARAMETER
                .matcher(sql)
                .replaceAll(number -> Matcher.quoteReplacement(values.get(Integer.parseInt(number.group(1)) - 1)));
    }

    /** The text with the stand-in in it, as an SQL expression. */
    private static String expression(String text, StandIn who) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return quoted.replace(who.heard(), "' || " + who.expression() + " || '");
    }
}
