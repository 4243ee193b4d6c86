package io.tradosphere.billing.pool;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Splits an amount in proportion to weights, to the cent, by largest remainder: the shares sum to the amount exactly. */
final class Shares {

    private Shares() {}

    private record Part(UUID owner, BigInteger whole, BigInteger remainder) {}

    /**
     * Splits an amount. Equal remainders are served in the order of the ids.
     *
     * @param cents the amount; not negative
     * @param weights the weight of each owner; each is above zero, and there is at least one
     * @return each owner's cents
     */
    static Map<UUID, Long> split(long cents, Map<UUID, Long> weights) {
        BigInteger total = weights.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        List<Part> parts = weights.entrySet().stream()
                .map(weight -> {
                    BigInteger[] divided = BigInteger.valueOf(cents)
                            .multiply(BigInteger.valueOf(weight.getValue()))
                            .divideAndRemainder(total);
                    return new Part(weight.getKey(), divided[0], divided[1]);
                })
                .sorted(Comparator.comparing(Part::remainder)
                        .reversed()
                        .thenComparing(part -> part.owner().toString()))
                .toList();
        long left = cents
                - parts.stream()
                        .mapToLong(part -> part.whole().longValueExact())
                        .sum();
        Map<UUID, Long> shares = new TreeMap<>();
        for (Part part : parts) {
            shares.put(part.owner(), part.whole().longValueExact() + (left-- > 0 ? 1 : 0));
        }
        return shares;
    }
}
