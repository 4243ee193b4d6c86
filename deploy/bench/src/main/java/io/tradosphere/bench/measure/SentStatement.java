package io.tradosphere.bench.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that a service sent, as the server's log has it.
 *
 * @param backend the process id of the connection's backend
 * @param named whether it has a name under which it is planned once and for all; true also of what is never planned
 * @param sql its text
 * @param parameters what it was sent with, as text; null for NULL
 */
record SentStatement(String backend, boolean named, String sql, List<String> parameters) {

    /** As {@code log_line_prefix} of the embedded server is: time, [pid], user@database. */
    private static final Pattern ENTRY = Pattern.compile("^\\S+ \\S+ \\S+ \\[(\\d+)\\] (\\S+) (\\w+): +(.*)$");

    private static final String UNNAMED = "<unnamed>";
    private static final Pattern STATEMENT = Pattern.compile("^(?:statement|execute ([^:]+)): (.*)$", Pattern.DOTALL);
    private static final Pattern PARAMETERS =
            Pattern.compile("^parameters: (.*)$", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']|'')*)')", Pattern.DOTALL);

    /**
     * Reads them out of the log, with {@code log_statement = all}.
     *
     * @param who whose, such as {@code signal_app@tradosphere}
     */
    static List<SentStatement> in(List<String> log, String who) {
        List<SentStatement> found = new ArrayList<>();
        for (Entry entry : Entry.in(log)) {
            if (!entry.who().equals(who)) {
                continue;
            }
            Matcher statement = STATEMENT.matcher(entry.text());
            Matcher parameters = PARAMETERS.matcher(entry.text());
            if (entry.level().equals("LOG") && statement.matches()) {
                found.add(new SentStatement(
                        entry.backend(),
                        !UNNAMED.equals(statement.group(1)),
                        statement.group(2).strip(),
                        List.of()));
            } else if (entry.level().equals("DETAIL") && parameters.matches()) {
                SentStatement last = found.remove(found.size() - 1);
                found.add(new SentStatement(last.backend(), last.named(), last.sql(), parameters(parameters.group(1))));
            }
        }
        return found;
    }

    /**
     * The first transaction, or statement outside any, that holds such a text; empty when there is none. A transaction that had begun
     * before anybody listened is none.
     */
    static List<SentStatement> firstWith(String text, List<SentStatement> all) {
        Map<String, List<SentStatement>> open = new HashMap<>();
        List<List<SentStatement>> complete = new ArrayList<>();
        for (SentStatement sent : all) {
            if (sent.begins()) {
                open.put(sent.backend(), new ArrayList<>());
            }
            List<SentStatement> transaction = open.get(sent.backend());
            if (transaction != null) {
                transaction.add(sent);
                if (sent.ends()) {
                    complete.add(open.remove(sent.backend()));
                }
            } else if (sent.ends()) {
                // What seemed to be outside any transaction was the rest of this one.
                complete.removeIf(heard -> heard.get(0).backend().equals(sent.backend()));
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

    /** An entry of the log: lines that begin with a tab belong to the one before. */
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
