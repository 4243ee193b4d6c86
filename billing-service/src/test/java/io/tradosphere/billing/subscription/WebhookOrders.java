package io.tradosphere.billing.subscription;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Orders of some webhooks, each a permutation of their positions. */
final class WebhookOrders {

    private WebhookOrders() {}

    /** Distinct orders, the same in every run. */
    static List<List<Integer>> some(int webhooks, int number) {
        Random random = new Random(14);
        Set<List<Integer>> orders = new LinkedHashSet<>();
        while (orders.size() < number) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, webhooks).boxed().toList());
            Collections.shuffle(order, random);
            orders.add(order);
        }
        return List.copyOf(orders);
    }

    /** All orders. */
    static List<List<Integer>> all(int webhooks) {
        List<List<Integer>> orders = List.of(List.of());
        for (int next = 0; next < webhooks; next++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> order : orders) {
                for (int place = 0; place <= order.size(); place++) {
                    List<Integer> with = new ArrayList<>(order);
                    with.add(place, next);
                    longer.add(with);
                }
            }
            orders = longer;
        }
        return orders;
    }
}
