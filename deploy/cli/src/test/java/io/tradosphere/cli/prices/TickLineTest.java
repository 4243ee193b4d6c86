package io.tradosphere.cli.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.stack.StackException;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickLineTest {

    @Test
    void a_line_is_symbol_price_and_instant() {
        assertThat(TickLine.parse("btc/usd, 64250.5 ,2026-01-31T12:00:00Z", 1))
                .isEqualTo(
                        new PriceTicked("BTC/USD", new BigDecimal("64250.5"), Instant.parse("2026-01-31T12:00:00Z")));
        assertThat(TickLine.parse("ETH/USD,3000", 1).at()).isNotNull();
    }

    @Test
    void a_heading_is_recognised() {
        assertThat(TickLine.isHeading("symbol,price,at")).isTrue();
        assertThat(TickLine.isHeading("BTC/USD,64250.5")).isFalse();
    }

    @Test
    void a_wrong_line_is_reported_with_its_number() {
        for (String wrong : new String[] {"BTC/USD", "BTC/USD,much", "BTC/USD,-1", ",5", "BTC/USD,5,yesterday"}) {
            assertThatThrownBy(() -> TickLine.parse(wrong, 7))
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith("Line 7 ");
        }
    }
}
