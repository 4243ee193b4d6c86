package io.tradosphere.cli.db;

import io.tradosphere.cli.db.SchemaCatalog.Column;
import io.tradosphere.cli.db.SchemaCatalog.Constraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparison of two catalogs of a schema: whether a service that was written for the first works on the second. */
record SchemaComparison(SchemaCatalog before, SchemaCatalog after) {

    private static final Pattern LIST = Pattern.compile("ARRAY\\[([^\\]]*)\\]");
    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'");

    /** What the second took away, a sentence each, in order. */
    List<String> refusals() {
        Set<String> refusals = new TreeSet<>();
        before.tables().keySet().stream()
                .filter(table -> !after.tables().containsKey(table))
                .forEach(table -> refusals.add(table + " is dropped or renamed, but the last release uses it."));
        before.columns().values().stream()
                .filter(column -> after.tables().containsKey(column.table()))
                .forEach(column -> compare(column, refusals));
        after.columns().values().stream()
                .filter(this::isRequiredAndNew)
                .forEach(column -> refusals.add(column.path()
                        + " is new, NOT NULL and without a default, but the last release inserts rows without it."));
        after.constraints().stream()
                .filter(this::narrows)
                .forEach(constraint -> refusals.add(constraint.table() + " has " + constraint.name() + ", "
                        + constraint.definition() + ", which may refuse what the last release writes."));
        before.functions().stream()
                .filter(function -> !after.functions().contains(function))
                .forEach(function -> refusals.add(function + " is dropped or changed, but the last release calls it."));
        before.privileges().stream()
                .filter(privilege -> !after.privileges().contains(privilege) && refusals.isEmpty())
                .sorted()
                .findFirst()
                .ifPresent(privilege ->
                        refusals.add("It is no longer so that " + privilege + ", as the last release does."));
        return new ArrayList<>(refusals);
    }

    private void compare(Column column, Set<String> refusals) {
        Column now = after.columns().get(column.path());
        if (now == null) {
            refusals.add(column.path() + " is dropped or renamed, but the last release uses it.");
            return;
        }
        if (!now.type().equals(column.type())) {
            refusals.add(column.path() + " was " + column.type() + " and becomes " + now.type()
                    + ", which the last release does not expect.");
        }
        if (now.notNull() && !column.notNull()) {
            refusals.add(column.path() + " becomes NOT NULL, but the last release may write NULL.");
        }
        if (column.hasDefault() && !now.hasDefault()) {
            refusals.add(column.path() + " loses its default, but the last release may insert rows without it.");
        }
    }

    private boolean isRequiredAndNew(Column column) {
        return before.tables().containsKey(column.table())
                && !before.columns().containsKey(column.path())
                && column.notNull()
                && !column.hasDefault();
    }

    private boolean narrows(Constraint constraint) {
        boolean ofNewColumns = !constraint.columns().isEmpty()
                && constraint.columns().stream()
                        .noneMatch(column -> before.columns().containsKey(constraint.table() + "." + column));
        return before.tables().containsKey(constraint.table())
                && !ofNewColumns
                && before.constraints().stream().noneMatch(former -> allowsAllOf(constraint, former));
    }

    /** Whether it is the same, or the same with longer lists of texts. */
    private static boolean allowsAllOf(Constraint constraint, Constraint former) {
        if (!constraint.table().equals(former.table())) {
            return false;
        }
        if (withoutName(constraint).equals(withoutName(former))) {
            return true;
        }
        if (!LIST.matcher(constraint.definition())
                .replaceAll("ARRAY")
                .equals(LIST.matcher(former.definition()).replaceAll("ARRAY"))) {
            return false;
        }
        List<Set<String>> lists = lists(constraint);
        List<Set<String>> formerLists = lists(former);
        // Of a negated list a longer one allows less.
        boolean negated = constraint.definition().contains("<> ALL")
                || constraint.definition().contains("NOT ");
        for (int i = 0; i < lists.size(); i++) {
            if (negated || !lists.get(i).containsAll(formerLists.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** An index's definition begins with its name. */
    private static String withoutName(Constraint constraint) {
        return constraint.definition().replace(" " + constraint.name() + " ", " ");
    }

    private static List<Set<String>> lists(Constraint constraint) {
        List<Set<String>> lists = new ArrayList<>();
        Matcher list = LIST.matcher(constraint.definition());
        while (list.find()) {
            Set<String> texts = new HashSet<>();
            Matcher text = TEXT.matcher(list.group(1));
            while (text.find()) {
                texts.add(text.group());
            }
            lists.add(texts);
        }
        return lists;
    }
}
