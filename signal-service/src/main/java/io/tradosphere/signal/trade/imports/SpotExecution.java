package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import java.math.BigDecimal;
import java.time.Instant;

/** Creates executions of crypto spot markets, whose fees are in either currency of the pair or in a third one. */
final class SpotExecution {

    private SpotExecution() {}

    /** The currencies of a pair. */
    record Pair(String base, String quote) {}

    /**
     * What was charged.
     *
     * @param coin its currency; null when nothing was charged
     */
    record Fee(BigDecimal amount, String coin) {}

    /**
     * An execution.
     *
     * @param quantity what was bought or sold, before the fee
     * @param value what was paid for it, before the fee
     * @param id the exchange's id; null when there is none
     */
    static Execution of(
            Line line,
            Pair pair,
            Direction side,
            BigDecimal quantity,
            BigDecimal value,
            Fee fee,
            String id,
            Instant time) {
        BigDecimal entered = quantity;
        BigDecimal paid = value;
        BigDecimal charged = BigDecimal.ZERO;
        if (pair.base().equals(fee.coin())) {
            // What is bought arrives without it; what is sold leaves with it.
            charged = Ratios.share(value, fee.amount(), quantity);
            boolean arrives = side == Direction.LONG;
            entered = arrives ? quantity.subtract(fee.amount()) : quantity.add(fee.amount());
            paid = arrives ? value.subtract(charged) : value.add(charged);
        } else if (pair.quote().equals(fee.coin())) {
            charged = fee.amount();
        } else if (fee.coin() != null) {
            String amount = fee.amount().signum() == 0 ? "" : fee.amount().toPlainString() + " ";
            line.say("Fee " + amount + fee.coin() + " is in another currency and is not counted");
        }
        if (entered.signum() <= 0) {
            throw new UnreadableLineException("nothing is left of the quantity after the fee");
        }
        return new Execution(
                line,
                pair.base() + "/" + pair.quote(),
                "crypto",
                side,
                entered,
                paid,
                charged,
                BigDecimal.ONE,
                id,
                time,
                false,
                null);
    }
}
