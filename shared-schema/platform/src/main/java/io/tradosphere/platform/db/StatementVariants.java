package io.tradosphere.platform.db;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The variants of a statement with optional conditions. A condition is in a variant only if it is wanted, so the cached plan of each
 * variant uses the right index. All variants exist from the start, so a test can prepare them.
 */
public final class StatementVariants {

    private final Map<List<Integer>, String> variants = new HashMap<>();

    private StatementVariants(String template, List<List<String>> conditions) {
        for (List<Integer> choice : choices(conditions)) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < choice.size(); i++) {
                chosen.add(conditions.get(i).get(choice.get(i)));
            }
            variants.put(choice, template.formatted(String.join(" AND ", chosen)));
        }
    }

    /**
     * All variants of a statement.
     *
     * @param template the statement; {@code %s} is where the conditions go
     * @param conditions the alternatives of each condition; one that filters nothing still names its parameter
     */
    @SafeVarargs
    public static StatementVariants of(String template, List<String>... conditions) {
        return new StatementVariants(template, List.of(conditions));
    }

    /**
     * One variant.
     *
     * @param choice the index of the alternative of each condition
     */
    public String get(int... choice) {
        return variants.get(Arrays.stream(choice).boxed().collect(Collectors.toList()));
    }

    private static List<List<Integer>> choices(List<List<String>> conditions) {
        List<List<Integer>> choices = List.of(List.of());
        for (List<String> alternatives : conditions) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> choice : choices) {
                for (int i = 0; i < alternatives.size(); i++) {
                    List<Integer> next = new ArrayList<>(choice);
                    next.add(i);
                    longer.add(next);
                }
            }
            choices = longer;
        }
        return choices;
    }
}
