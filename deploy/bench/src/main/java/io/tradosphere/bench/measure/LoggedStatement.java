package io.tradosphere.bench.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a service, parsed from the server's log.
 *
 * @param backend process id of the connection's backend
 * @param named whether it is a named statement, which is planned once; also true for statements that are never planned
 * @param sql the SQL text
 * @param parameters the parameters as text; null for NULL
 */
record LoggedStatement(String backend, boolean named, String sql, List<String> parameters) {

    /** Matches the embedded server's {@code log_line_prefix}: time, [pid], user@database. */
    private static final Pattern ENTRY = Pattern.compile("^\\S+ \\S+ \\S+ \\[(\\d+)\\] (\\S+) (\\w+): +(.*)$");

    private static final String UNNAMED = "<unnamed>";
    private static final Pattern STATEMENT = Pattern.compile("^(?:statement|execute ([^:]+)): (.*)$", Pattern.DOTALL);
    private static final Pattern PARAMETERS =
            Pattern.compile("^parameters: (.*)$", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']|'')*)')", Pattern.DOTALL);

    /**
     * Parses the statements of one service from a log written with {@code log_statement = all}.
     *
     * @param who user and database, such as {@code signal_app@tradosphere}
     */
    static List<LoggedStatement> in(List<String> log, String who) {
        List<LoggedStatement> found = new ArrayList<>();
        for (Entry entry : Entry.in(log)) {
            if (!entry.who().equals(who)) {
                continue;
            }
            Matcher statement = STATEMENT.matcher(entry.text());
            Matcher parameters = PARAMETERS.matcher(entry.text());
            if (entry.level().equals("LOG") && statement.matches()) {
                found.add(new LoggedStatement(
                        entry.backend(),
                        !UNNAMED.equals(statement.group(1)),
                        statement.group(2).strip(),
                        List.of()));
            } else if (entry.level().equals("DETAIL") && parameters.matches()) {
                LoggedStatement last = found.remove(found.size() - 1);
                found.add(
                        new LoggedStatement(last.backend(), last.named(), last.sql(), parameters(parameters.group(1))));
            }
        }
        return found;
    }

    /**
     * The first transaction, or single statement outside a transaction, that contains the text; empty when there is none.
     * Transactions whose BEGIN was not logged are ignored.
     */
    static List<LoggedStatement> firstTransactionWith(String text, List<LoggedStatement> all) {
        Map<String, List<LoggedStatement>> open = new HashMap<>();
        List<List<LoggedStatement>> complete = new ArrayList<>();
        for (LoggedStatement sent : all) {
            if (sent.begins()) {
                open.put(sent.backend(), new ArrayList<>());
            }
            List<LoggedStatement> transaction = open.get(sent.backend());
            if (transaction != null) {
                transaction.add(sent);
                if (sent.ends()) {
                    complete.add(open.remove(sent.backend()));
                }
            } else if (sent.ends()) {
                // These statements belong to a transaction whose BEGIN was not logged.
                complete.removeIf(captured -> captured.get(0).backend().equals(sent.backend()));
            } else {
                complete.add(List.of(sent));
            }
        }
        return complete.stream()
                .filter(transaction ->
                        transaction.stream().anyMatch(one -> one.sql().contains(text)))
                .findFirst()
                .orElse(List.of());
    }

    private boolean begins() {
        return sql.startsWith("BEGIN");
    }

    private boolean ends() {
        return sql.equals("COMMIT") || sql.equals("ROLLBACK");
    }

    private static List<String> parameters(String text) {
        List<String> values = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            values.add(parameter.group(1) == null ? null : parameter.group(1).replace("''", "'"));
        }
        return values;
    }

    /** A log entry. Lines that begin with a tab continue the previous entry. */
    private record Entry(String backend, String who, String level, String text) {

        static List<Entry> in(List<String> log) {
            List<Entry> entries = new ArrayList<>();
            for (String line : log) {
                Matcher entry = ENTRY.matcher(line);
                if (entry.matches()) {
                    entries.add(new Entry(entry.group(1), entry.group(2), entry.group(3), entry.group(4)));
                } else if (line.startsWith("\t") && !entries.isEmpty()) {
                    Entry last = entries.remove(entries.size() - 1);
                    entries.add(new Entry(
                            last.backend(), last.who(), last.level(), last.text() + "\n" + line.substring(1)));
                }
            }
            return entries;
        }
    }
}
