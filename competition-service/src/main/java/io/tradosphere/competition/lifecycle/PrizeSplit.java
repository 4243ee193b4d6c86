package io.tradosphere.competition.lifecycle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Splits prize money to the cent. The shares sum exactly to the amount. */
final class PrizeSplit {

    private static final int CENTS = 2;

    private PrizeSplit() {}

    /** A participant or team with its final rank: 1, 2, 2, 4. */
    record RankedUnit(UUID id, int rank) {}

    /**
     * The prize pool less the platform's fee, rounded half up to the cent.
     *
     * @param feePercentage 0 to 100
     */
    static BigDecimal afterFee(BigDecimal pool, BigDecimal feePercentage) {
        BigDecimal percentageWon = BigDecimal.valueOf(100).subtract(feePercentage);
        return pool.multiply(percentageWon).movePointLeft(2).setScale(CENTS, RoundingMode.HALF_UP);
    }

    /**
     * Splits the pool by final rank. Units with the same rank share the sum of their places' percentages equally. With fewer
     * units than places, the percentages of the taken places are scaled up to the whole pool. Remaining cents go to the largest
     * rounding remainders, then by rank, then by id.
     *
     * @param pool the amount to split, in whole cents
     * @param distribution share of each place, in percent or any other unit; the first is above 0
     * @param ranked all units whose rank is within the places; more are allowed
     * @return prize of each unit, in cents, including zeros; empty when nothing is ranked
     */
    static Map<UUID, BigDecimal> distribute(BigDecimal pool, List<BigDecimal> distribution, List<RankedUnit> ranked) {
        Map<Integer, List<UUID>> byRank = new TreeMap<>();
        ranked.forEach(unit ->
                byRank.computeIfAbsent(unit.rank(), rank -> new ArrayList<>()).add(unit.id()));
        int places = Math.min(distribution.size(), ranked.size());
        BigInteger[] parts = toIntegers(distribution.subList(0, places));
        List<Share> shares = new ArrayList<>();
        byRank.forEach((rank, tied) -> shares.add(new Share(rank, tied, sumOfPlaces(parts, rank, rank + tied.size()))));
        return split(cents(pool), shares);
    }

    /** Splits the amount equally. Remaining cents go to the lowest ids. */
    static Map<UUID, BigDecimal> splitEqually(BigDecimal amount, List<UUID> members) {
        return split(cents(amount), List.of(new Share(1, members, BigInteger.ONE)));
    }

    private static Map<UUID, BigDecimal> split(BigInteger cents, List<Share> shares) {
        BigInteger total = shares.stream().map(Share::part).reduce(BigInteger.ZERO, BigInteger::add);
        Map<UUID, BigDecimal> amounts = new HashMap<>();
        if (total.signum() == 0) {
            return amounts;
        }
        BigInteger remaining = cents;
        for (Share share : shares) {
            BigInteger each = share.each(cents, total);
            share.tied().forEach(id -> amounts.put(id, new BigDecimal(each, CENTS)));
            remaining = remaining.subtract(
                    each.multiply(BigInteger.valueOf(share.tied().size())));
        }
        // One cent each suffices: the remainder is less than one cent per rounded share.
        List<UUID> byRemainder = shares.stream()
                .sorted(Comparator.<Share, Fraction>comparing(share -> share.remainder(cents, total))
                        .reversed()
                        .thenComparing(Share::rank))
                .flatMap(share -> share.tied().stream().sorted(Comparator.comparing(UUID::toString)))
                .limit(remaining.longValueExact())
                .toList();
        byRemainder.forEach(id -> amounts.merge(id, new BigDecimal(BigInteger.ONE, CENTS), BigDecimal::add));
        return amounts;
    }

    private static BigInteger cents(BigDecimal amount) {
        return amount.setScale(CENTS, RoundingMode.UNNECESSARY).unscaledValue();
    }

    private static BigInteger[] toIntegers(List<BigDecimal> parts) {
        int scale = parts.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        return parts.stream().map(part -> part.setScale(scale).unscaledValue()).toArray(BigInteger[]::new);
    }

    /** Sums the shares of the places from one rank up to the next rank; places beyond the last count 0. */
    private static BigInteger sumOfPlaces(BigInteger[] parts, int rank, int nextRank) {
        BigInteger sum = BigInteger.ZERO;
        for (int place = rank; place < nextRank && place <= parts.length; place++) {
            sum = sum.add(parts[place - 1]);
        }
        return sum;
    }

    /**
     * The joint share of the units with one rank.
     *
     * @param part of the total, in the distribution's unit
     */
    private record Share(int rank, List<UUID> tied, BigInteger part) {

        /** The amount of each unit, rounded down to whole cents. */
        BigInteger each(BigInteger cents, BigInteger total) {
            return cents.multiply(part).divide(divisor(total));
        }

        /** The fraction of a cent that rounding down cut off. */
        Fraction remainder(BigInteger cents, BigInteger total) {
            return new Fraction(cents.multiply(part).mod(divisor(total)), divisor(total));
        }

        private BigInteger divisor(BigInteger total) {
            return total.multiply(BigInteger.valueOf(tied.size()));
        }
    }

    private record Fraction(BigInteger dividend, BigInteger divisor) implements Comparable<Fraction> {
        @Override
        public int compareTo(Fraction other) {
            return dividend.multiply(other.divisor).compareTo(other.dividend.multiply(divisor));
        }
    }
}
