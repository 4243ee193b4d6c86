package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.trade.TradeFields;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file as the import understands it, for tests of the readers. */
record ReadFile(TradeDrafts drafts) {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    static ReadFile of(String csv) {
        return inZone(csv, null);
    }

    static ReadFile of(String csv, Charset written, String declared) {
        return new ReadFile(TradeDrafts.of(
                Sheet.of(Upload.of(csv.getBytes(written), declared, null, null, null, false)), VALIDATOR));
    }

    static ReadFile inZone(String csv, String zone) {
        return new ReadFile(TradeDrafts.of(
                Sheet.of(Upload.of(csv.getBytes(StandardCharsets.UTF_8), null, zone, null, null, false)), VALIDATOR));
    }

    /** Its trades, of a file without rejected lines. */
    List<TradeFields> trades() {
        assertThat(rejected()).isEmpty();
        return accepted();
    }

    List<TradeFields> accepted() {
        return drafts.trades().stream().map(draft -> draft.entry().fields()).toList();
    }

    TradeFields trade() {
        assertThat(trades()).hasSize(1);
        return trades().get(0);
    }

    /** The broker's profit of the only trade; null when it is computed. */
    BigDecimal brokerPnl() {
        return drafts.trades().get(0).entry().brokerPnl();
    }

    /** The profit of its trades after fees, exact. */
    BigDecimal netPnl() {
        return drafts.trades().stream().map(ReadFile::netPnl).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    List<String> rejected() {
        return drafts.results().stream()
                .filter(result -> result.result().equals(LineResult.REJECTED))
                .map(result -> result.line() + ": " + result.reason())
                .toList();
    }

    List<String> notices() {
        return drafts.trades().stream()
                .flatMap(draft -> draft.notices().stream().map(notice -> draft.line() + ": " + notice))
                .toList();
    }

    private static BigDecimal netPnl(TradeDrafts.Draft draft) {
        TradeFields fields = draft.entry().fields();
        BigDecimal move = fields.direction().equals("LONG")
                ? fields.exitPrice().subtract(fields.entryPrice())
                : fields.entryPrice().subtract(fields.exitPrice());
        BigDecimal pnl = draft.entry().brokerPnl() == null
                ? move.multiply(fields.size())
                : draft.entry().brokerPnl();
        return fields.fees() == null ? pnl : pnl.subtract(fields.fees());
    }
}
