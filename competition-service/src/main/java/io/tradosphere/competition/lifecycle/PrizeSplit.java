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

/** Splits money to the cent: what is given out sums to what there is, exactly. */
final class PrizeSplit {

    private static final int CENTS = 2;

    private PrizeSplit() {}

    /** Somebody, or a team, and their final rank: 1, 2, 2, 4. */
    record Placed(UUID id, int rank) {}

    /**
     * What there is to win once the platform has its fee, to the cent, half up.
     *
     * @param feePercentage 0 to 100
     */
    static BigDecimal afterFee(BigDecimal pool, BigDecimal feePercentage) {
        BigDecimal kept = BigDecimal.valueOf(100).subtract(feePercentage);
        return pool.multiply(kept).movePointLeft(2).setScale(CENTS, RoundingMode.HALF_UP);
    }

    /**
     * Gives each place its part. Those who share a rank share equally what their places get together. Where there are more places
     * than anybody took, the parts of those that were taken grow in proportion, so that the whole pool is won. Cents that are left
     * over go one by one to those who were rounded down the most, then by rank, then by id.
     *
     * @param pool what there is, in whole cents
     * @param distribution what the places get, in percent or any other measure, the first place's above 0
     * @param placed everybody with a rank that the places reach; more do no harm
     * @return what each gets, in cents, also of those who get nothing; empty when nobody is placed
     */
    static Map<UUID, BigDecimal> among(BigDecimal pool, List<BigDecimal> distribution, List<Placed> placed) {
        Map<Integer, List<UUID>> byRank = new TreeMap<>();
        placed.forEach(one ->
                byRank.computeIfAbsent(one.rank(), rank -> new ArrayList<>()).add(one.id()));
        int places = Math.min(distribution.size(), placed.size());
        BigInteger[] parts = wholeNumbers(distribution.subList(0, places));
        List<Share> shares = new ArrayList<>();
        byRank.forEach((rank, tied) -> shares.add(new Share(rank, tied, between(parts, rank, rank + tied.size()))));
        return split(cents(pool), shares);
    }

    /** Gives everybody the same; cents that are left over go to the lowest ids. */
    static Map<UUID, BigDecimal> equally(BigDecimal amount, List<UUID> members) {
        return split(cents(amount), List.of(new Share(1, members, BigInteger.ONE)));
    }

    private static Map<UUID, BigDecimal> split(BigInteger cents, List<Share> shares) {
        BigInteger whole = shares.stream().map(Share::part).reduce(BigInteger.ZERO, BigInteger::add);
        Map<UUID, BigDecimal> amounts = new HashMap<>();
        if (whole.signum() == 0) {
            return amounts;
        }
        BigInteger left = cents;
        for (Share share : shares) {
            BigInteger each = share.each(cents, whole);
            share.tied().forEach(id -> amounts.put(id, new BigDecimal(each, CENTS)));
            left = left.subtract(each.multiply(BigInteger.valueOf(share.tied().size())));
        }
        // Each may get one: what is left over is less than a cent for each that was rounded down.
        List<UUID> roundedDownTheMostFirst = shares.stream()
                .sorted(Comparator.<Share, Fraction>comparing(share -> share.lost(cents, whole))
                        .reversed()
                        .thenComparing(Share::rank))
                .flatMap(share -> share.tied().stream().sorted(Comparator.comparing(UUID::toString)))
                .limit(left.longValueExact())
                .toList();
        roundedDownTheMostFirst.forEach(
                id -> amounts.merge(id, new BigDecimal(BigInteger.ONE, CENTS), BigDecimal::add));
        return amounts;
    }

    private static BigInteger cents(BigDecimal amount) {
        return amount.setScale(CENTS, RoundingMode.UNNECESSARY).unscaledValue();
    }

    private static BigInteger[] wholeNumbers(List<BigDecimal> parts) {
        int scale = parts.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        return parts.stream().map(part -> part.setScale(scale).unscaledValue()).toArray(BigInteger[]::new);
    }

    /** What the places from one rank to before another get together; those beyond the last get nothing. */
    private static BigInteger between(BigInteger[] parts, int rank, int nextRank) {
        BigInteger sum = BigInteger.ZERO;
        for (int place = rank; place < nextRank && place <= parts.length; place++) {
            sum = sum.add(parts[place - 1]);
        }
        return sum;
    }

    /**
     * What those who share a rank get together.
     *
     * @param part of the whole, in the distribution's measure
     */
    private record Share(int rank, List<UUID> tied, BigInteger part) {

        /** What each gets in whole cents, rounded down. */
        BigInteger each(BigInteger cents, BigInteger whole) {
            return cents.multiply(part).divide(divisor(whole));
        }

        /** By how much that was rounded down. */
        Fraction lost(BigInteger cents, BigInteger whole) {
            return new Fraction(cents.multiply(part).mod(divisor(whole)), divisor(whole));
        }

        private BigInteger divisor(BigInteger whole) {
            return whole.multiply(BigInteger.valueOf(tied.size()));
        }
    }

    private record Fraction(BigInteger dividend, BigInteger divisor) implements Comparable<Fraction> {
        @Override
        public int compareTo(Fraction other) {
            return dividend.multiply(other.divisor).compareTo(other.dividend.multiply(divisor));
        }
    }
}
