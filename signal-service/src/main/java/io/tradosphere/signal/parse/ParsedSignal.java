package io.tradosphere.signal.parse;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.platform.decimal.Decimal;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a text is, and the fields of a signal as parsed from it. A field that the text does not state clearly is null.
 * Only a {@code call} has a direction, prices, a size and a timeframe.
 *
 * @param kind what the text is: {@code call} if it proposes one trade, {@code several} if it proposes several
 * @param assetSymbol what is traded, such as {@code BTC/USD}; null when not read
 * @param assetType the type of the asset; null when not read
 * @param direction which way it is meant; null when not read
 * @param entryPrice the least favourable end of an entry zone; null when not read
 * @param targetPrice the first target; null when not read
 * @param stopLoss the price that makes it a miss; null when not read
 * @param positionSize in units of the asset; null when not read
 * @param timeframe such as {@code 4H}; null when not read
 * @param otherTargets further targets, in the order of the text
 * @param aiParsed always true: the text was parsed by machine
 * @param aiConfidence {@code high} if everything that a signal needs and its three prices were read without
 *     uncertainty; {@code low} if the asset, the direction or every price is missing, or prices contradict the
 *     direction; otherwise {@code medium}
 * @param unsure what is uncertain
 * @param calls each call apart, in the order of the text, if the text has several; otherwise empty
 */
record ParsedSignal(
        MessageKind kind,
        @Nullable String assetSymbol,
        @Nullable @Schema(implementation = AssetType.class) String assetType,
        @Nullable @Schema(implementation = Direction.class) String direction,
        @Nullable @Decimal BigDecimal entryPrice,
        @Nullable @Decimal BigDecimal targetPrice,
        @Nullable @Decimal BigDecimal stopLoss,
        @Nullable @Decimal BigDecimal positionSize,
        @Nullable String timeframe,
        List<String> otherTargets,
        boolean aiParsed,
        @Schema(enumeration = {"high", "medium", "low"}) String aiConfidence,
        List<Uncertainty> unsure,
        List<ParsedCall> calls) {}
