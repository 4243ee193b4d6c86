package io.tradosphere.signal.parse;

import io.tradosphere.platform.decimal.Decimals;
import io.tradosphere.signal.parse.KindFinder.Finding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses trade ideas from free text, by rules alone. The same text always gives the same result, in time linear in its
 * length. Every price it returns is in the text, or is computed from a percentage in it.
 */
final class SignalReader {

    private static final String KIND = "kind";

    private SignalReader() {}

    /** What the text is, and the fields that it states; never fails. */
    static ParsedSignal read(String text) {
        Reading whole = Reading.of(Tokenizer.tokens(text));
        List<Reading> ofOneAsset = CallSplitter.byAsset(whole);
        List<Reading> calls = CallSplitter.split(whole, ofOneAsset);
        if (calls.size() > 1) {
            return several(calls);
        }
        Finding finding = KindFinder.find(whole);
        boolean isEarlier = finding.kind() == MessageKind.RESULT || finding.kind() == MessageKind.UPDATE;
        if (isEarlier && calls.size() == 1 && calls.get(0).isComplete() && isApart(whole, calls.get(0))) {
            return call(calls.get(0), "the text tells of another trade too, which is left out");
        }
        if (finding.kind() != MessageKind.CALL) {
            return noCall(whole, finding.kind());
        }
        return ofOneAsset.size() == 1 && ofOneAsset.get(0).statesDirection()
                ? call(ofOneAsset.get(0).with(whole.uncertaintiesOf("assetSymbol")), finding.doubt())
                : call(whole, finding.doubt());
    }

    /** Whether the rest of the text is about another asset, or says that it is about an earlier trade. */
    private static boolean isApart(Reading whole, Reading call) {
        boolean other = call.asset() != null
                && whole.assets().mentions().stream()
                        .anyMatch(mention ->
                                !mention.subject().equals(call.asset().subject()));
        return other || new Evidence(whole).isAboutEarlier();
    }

    private static ParsedSignal call(Reading reading, String doubt) {
        ParsedCall call = parsed(reading, doubt);
        return new ParsedSignal(
                MessageKind.CALL,
                call.assetSymbol(),
                call.assetType(),
                call.direction(),
                call.entryPrice(),
                call.targetPrice(),
                call.stopLoss(),
                call.positionSize(),
                call.timeframe(),
                call.otherTargets(),
                true,
                call.aiConfidence(),
                call.unsure(),
                List.of());
    }

    private static ParsedSignal several(List<Reading> readings) {
        List<ParsedCall> calls =
                readings.stream().map(reading -> parsed(reading, null)).toList();
        Uncertainty apart = new Uncertainty(KIND, "the text has " + calls.size() + " calls; each is in calls");
        return withoutFields(MessageKind.SEVERAL, null, apart, calls);
    }

    private static ParsedSignal noCall(Reading reading, MessageKind kind) {
        String why =
                switch (kind) {
                    case UPDATE -> "the text changes an earlier call";
                    case RESULT -> "the text tells how a trade went";
                    case QUESTION -> "the text asks";
                    case OPTION -> "the text is about an option, whose premium is no price of the asset";
                    case CALL, SEVERAL, OTHER -> "the text proposes no trade";
                };
        return withoutFields(
                kind, reading.asset(), new Uncertainty(KIND, why + "; its numbers are not read"), List.of());
    }

    private static ParsedSignal withoutFields(
            MessageKind kind, Asset asset, Uncertainty uncertainty, List<ParsedCall> calls) {
        return new ParsedSignal(
                kind,
                asset == null ? null : asset.symbol(),
                asset == null ? null : asset.type(),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                true,
                "low",
                List.of(uncertainty),
                calls);
    }

    private static ParsedCall parsed(Reading reading, String doubt) {
        List<Uncertainty> uncertainties = new ArrayList<>(reading.uncertainties());
        if (doubt != null) {
            uncertainties.add(new Uncertainty(KIND, doubt));
        }
        Asset asset = reading.asset();
        TradeIdea idea = reading.idea();
        List<BigDecimal> targets = idea.targets();
        return new ParsedCall(
                asset == null ? null : asset.symbol(),
                asset == null ? null : asset.type(),
                idea.up() == null ? null : idea.up() ? "LONG" : "SHORT",
                idea.entry(),
                targets.isEmpty() ? null : targets.get(0),
                idea.stop(),
                reading.size(),
                reading.timeframe(),
                targets.stream().skip(1).map(Decimals::plain).toList(),
                confidence(reading, uncertainties),
                uncertainties.stream().distinct().toList());
    }

    private static String confidence(Reading reading, List<Uncertainty> uncertainties) {
        TradeIdea idea = reading.idea();
        if (reading.asset() == null || idea.up() == null || idea.contradicts() || !reading.hasPrice()) {
            return "low";
        }
        return reading.isWhole() && uncertainties.isEmpty() ? "high" : "medium";
    }
}
