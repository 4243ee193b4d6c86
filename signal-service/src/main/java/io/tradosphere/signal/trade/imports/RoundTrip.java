package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.signal.trade.TradeFields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A position from its opening to its closing, of one or more executions. Its prices are averages; its profit is what was
 * paid and received, to 8 decimals.
 */
final class RoundTrip {

    private static final int SCALE = 8;

    /** What a broker may round in the result of each execution, and in shown average prices. */
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private static final BigDecimal SHOWN = new BigDecimal("0.00001");

    private final Direction direction;
    private final boolean unsure;
    private final List<Execution> executions = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    private BigDecimal open = BigDecimal.ZERO;
    private BigDecimal entered = BigDecimal.ZERO;
    private BigDecimal paid = BigDecimal.ZERO;
    private BigDecimal received = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;

    /** The sum of the stated results; null as soon as an execution has none. */
    private BigDecimal stated = BigDecimal.ZERO;

    RoundTrip(Direction direction, boolean unsure) {
        this.direction = direction;
        this.unsure = unsure;
    }

    /**
     * Takes an execution.
     *
     * @return what is left of it after the position is closed; null when nothing is
     */
    Execution take(Execution execution) {
        if (execution.side() == direction) {
            open = open.add(execution.quantity());
            entered = entered.add(execution.quantity());
            paid = paid.add(execution.value());
            count(execution);
            return null;
        }
        Execution closing = execution.part(execution.quantity().min(open));
        open = open.subtract(closing.quantity());
        received = received.add(closing.value());
        count(closing);
        Execution left = execution.without(closing);
        return left.quantity().signum() == 0 ? null : left;
    }

    boolean isClosed() {
        return !executions.isEmpty() && open.signum() == 0;
    }

    /** Whether it is not known which way it was opened. */
    boolean isUnsure() {
        return unsure;
    }

    /** What is open, negative when it was sold. */
    BigDecimal quantity() {
        return direction == Direction.LONG ? open : open.negate();
    }

    List<Execution> executions() {
        return executions;
    }

    /** The number of the first line that it is from. */
    long line() {
        return executions.get(0).line().number();
    }

    /** What is not certain about its lines. */
    List<String> notices() {
        Set<String> notices = new LinkedHashSet<>();
        executions.forEach(execution -> notices.addAll(execution.line().notices()));
        notices.addAll(doubts);
        if (executions.get(0).worth() == null && stated == null) {
            notices.add("what a point of this contract is worth is not known; its size is the number of contracts");
        }
        return new ArrayList<>(notices);
    }

    /** Adds what is not certain about it. */
    void doubt(String doubt) {
        doubts.add(doubt);
    }

    /**
     * What contradicts it: the broker states another result.
     *
     * @return null when nothing does
     */
    String contradiction(ExecutionFormat format) {
        if (stated == null || first().worth() == null) {
            return null;
        }
        BigDecimal pnl = profit(first().worth());
        BigDecimal result = result(format);
        BigDecimal tolerated = CENT.multiply(BigDecimal.valueOf(executions.size()))
                .add(paid.add(received).multiply(first().worth()).multiply(SHOWN));
        return pnl.subtract(result).abs().compareTo(tolerated) <= 0
                ? null
                : "the broker states a profit of " + plain(result) + " before fees, and the executions make "
                        + plain(pnl) + "; perhaps one of the position is not in this file";
    }

    /** Its trade. */
    ReadTrade trade(ExecutionFormat format) {
        Execution first = first();
        Execution last = executions.get(executions.size() - 1);
        BigDecimal entry = paid.divide(entered, SCALE, RoundingMode.HALF_EVEN);
        BigDecimal exit = received.divide(entered, SCALE, RoundingMode.HALF_EVEN);
        BigDecimal worth = first.worth() == null ? BigDecimal.ONE : first.worth();
        BigDecimal size = Ratios.rounded(entered.multiply(worth));
        // What the broker states is kept to the cent.
        BigDecimal pnl = stated == null ? profit(worth) : result(format);
        if (first.worth() == null && stated != null) {
            // The result tells what the contracts are worth.
            size = BrokerResult.of(pnl, direction.gain(entry, exit), entered).size();
        }
        boolean exact = direction.gain(entry, exit).multiply(size).compareTo(pnl) == 0;
        boolean identified = first.id() != null && last.id() != null;
        TradeFields fields = new TradeFields(
                first.asset(),
                first.assetType(),
                direction.name(),
                entry,
                exit,
                null,
                null,
                size,
                null,
                Ratios.rounded(fees),
                null,
                List.of(),
                null,
                first.line().brokerOr(format.broker()),
                identified ? first.id() + ":" + last.id() : null,
                first.time(),
                last.time());
        return new ReadTrade(fields, exact ? null : Ratios.rounded(pnl), null, null);
    }

    private void count(Execution execution) {
        executions.add(execution);
        fees = fees.add(execution.fee());
        stated = stated == null || execution.result() == null ? null : stated.add(execution.result());
    }

    private Execution first() {
        return executions.get(0);
    }

    private BigDecimal profit(BigDecimal worth) {
        return direction.gain(paid, received).multiply(worth);
    }

    /** The stated result before fees. */
    private BigDecimal result(ExecutionFormat format) {
        return format.statesNetResults() ? stated.add(fees) : stated;
    }

    private static String plain(BigDecimal amount) {
        return Ratios.rounded(amount).stripTrailingZeros().toPlainString();
    }
}
