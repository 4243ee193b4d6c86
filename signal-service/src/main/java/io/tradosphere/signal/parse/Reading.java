package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.signal.parse.Labels.Label;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What some tokens state about one trade.
 *
 * @param asset null when they name none
 * @param timeframe null when they state none
 * @param size the position size; null when they state none
 * @param uncertainties what is uncertain, in the order of the fields
 */
record Reading(
        List<Token> tokens,
        Directions directions,
        AssetFinder assets,
        List<Label> labels,
        Asset asset,
        TradeIdea idea,
        String timeframe,
        BigDecimal size,
        List<Uncertainty> uncertainties) {

    /** Reads the fields that the tokens state; never fails. */
    static Reading of(List<Token> tokens) {
        List<Uncertainty> uncertainties = new ArrayList<>();
        Directions directions = new Directions(tokens);
        AssetFinder assets = new AssetFinder(tokens, directions);
        Timeframes timeframes = new Timeframes(tokens);
        List<Label> labels = Labels.of(tokens, directions, assets);
        NumberTokens numbers = new NumberTokens(tokens, new NonPriceFilter(tokens), timeframes, assets);
        Levels levels = LevelReader.read(tokens, numbers, labels, assets, directions);

        Asset asset = assets.decide(uncertainties);
        Boolean isUp = directions.decide(uncertainties);
        TradeIdea idea = new TradeIdea(levels, isUp, uncertainties);
        uncertainties.addAll(levels.uncertainties);
        String timeframe = timeframes.decide(uncertainties);
        if (idea.up() == null
                && uncertainties.stream()
                        .noneMatch(uncertainty -> uncertainty.field().equals("direction"))) {
            uncertainties.add(new Uncertainty("direction", "the text does not say whether it is LONG or SHORT"));
        }
        return new Reading(tokens, directions, assets, labels, asset, idea, timeframe, size(levels), uncertainties);
    }

    /** Whether they state a direction, an entry, and where the trade ends either way or the other. */
    boolean isComplete() {
        return idea.up() != null && idea.entry() != null && (idea.stop() != null || hasTarget());
    }

    /** Whether they state a direction and the three prices. */
    boolean isWhole() {
        return isComplete() && idea.stop() != null && hasTarget();
    }

    boolean hasTarget() {
        return !idea.targets().isEmpty();
    }

    boolean hasPrice() {
        return idea.entry() != null || idea.stop() != null || hasTarget();
    }

    List<Uncertainty> uncertaintiesOf(String field) {
        return uncertainties.stream()
                .filter(uncertainty -> uncertainty.field().equals(field))
                .toList();
    }

    /** The same with more that is uncertain. */
    Reading with(List<Uncertainty> more) {
        List<Uncertainty> all = new ArrayList<>(uncertainties);
        all.addAll(more);
        return new Reading(tokens, directions, assets, labels, asset, idea, timeframe, size, all);
    }

    /** Whether a word, beyond an emoji, states the direction, and no other the opposite. */
    boolean statesDirection() {
        return idea.up() != null && directions.rank() <= Bias.BULLISH.rank();
    }

    private static BigDecimal size(Levels levels) {
        BigDecimal size = levels.size == null ? null : Decimals.stripped(levels.size.value());
        boolean fits = size != null && size.signum() > 0 && size.scale() <= 8 && size.precision() - size.scale() <= 12;
        return fits ? size : null;
    }
}
