package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.signal.parse.Labels.Label;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a call from what a trader types. It follows rules and asks nobody, so the same text is always read the same; it takes time in
 * proportion to the text. A price it answers stands in the text, or is worked out from a percentage that does.
 */
final class SignalReader {

    private SignalReader() {}

    /** What the text says, as far as it is understood; never fails. */
    static ParsedSignal read(String text) {
        List<Doubt> doubts = new ArrayList<>();
        List<Token> tokens = Tokenizer.tokens(text);
        Directions directions = new Directions(tokens);
        AssetFinder assets = new AssetFinder(tokens, directions);
        Timeframes timeframes = new Timeframes(tokens);
        List<Label> labels = Labels.of(tokens, directions, assets);
        Figures figures = new Figures(tokens, new Sieve(tokens), timeframes, assets);
        Levels levels = LevelReader.read(tokens, figures, labels, assets, directions);

        Asset asset = assets.decide(doubts);
        Boolean said = directions.decide(doubts);
        Call call = new Call(levels, said, doubts);
        doubts.addAll(levels.doubts);
        String timeframe = timeframes.decide(doubts);
        if (call.up() == null
                && doubts.stream().noneMatch(doubt -> doubt.field().equals("direction"))) {
            doubts.add(new Doubt("direction", "the text does not say whether it is LONG or SHORT"));
        }
        List<BigDecimal> targets = call.targets();
        return new ParsedSignal(
                asset == null ? null : asset.symbol(),
                asset == null ? null : asset.type(),
                call.up() == null ? null : call.up() ? "LONG" : "SHORT",
                call.entry(),
                targets.isEmpty() ? null : targets.get(0),
                call.stop(),
                size(levels),
                timeframe,
                targets.stream().skip(1).map(Decimals::plain).toList(),
                true,
                confidence(asset, call, doubts),
                doubts.stream().distinct().toList());
    }

    private static String confidence(Asset asset, Call call, List<Doubt> doubts) {
        boolean priced =
                call.entry() != null || call.stop() != null || !call.targets().isEmpty();
        if (asset == null || call.up() == null || call.contradicts() || !priced) {
            return "low";
        }
        boolean whole =
                call.entry() != null && call.stop() != null && !call.targets().isEmpty();
        return whole && doubts.isEmpty() ? "high" : "medium";
    }

    private static BigDecimal size(Levels levels) {
        BigDecimal size = levels.size == null ? null : Decimals.stripped(levels.size.value());
        boolean fits = size != null && size.signum() > 0 && size.scale() <= 8 && size.precision() - size.scale() <= 12;
        return fits ? size : null;
    }
}
