package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimal;
import java.math.BigDecimal;
import java.util.List;

/**
 * What was read from a text, in the fields of a signal; what the text does not say, or not clearly, is null.
 *
 * @param assetSymbol such as {@code BTC/USD}
 * @param assetType {@code crypto}, {@code stocks}, {@code futures} or {@code forex}
 * @param direction {@code LONG} or {@code SHORT}
 * @param entryPrice of an entry zone the end that costs more
 * @param targetPrice the first target
 * @param positionSize in units of the asset
 * @param timeframe such as {@code 4H}
 * @param otherTargets further targets, in the order of the text
 * @param aiParsed always true: a machine has read it
 * @param aiConfidence {@code high} when everything a signal needs and its three prices were read without doubt; {@code low} when
 *     the asset, the direction or every price is missing, or prices contradict the direction; otherwise {@code medium}
 * @param unsure what was unclear
 */
record ParsedSignal(
        String assetSymbol,
        String assetType,
        String direction,
        @Decimal BigDecimal entryPrice,
        @Decimal BigDecimal targetPrice,
        @Decimal BigDecimal stopLoss,
        @Decimal BigDecimal positionSize,
        String timeframe,
        List<String> otherTargets,
        boolean aiParsed,
        String aiConfidence,
        List<Doubt> unsure) {}
