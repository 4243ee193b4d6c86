package io.tradosphere.signal.trade.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The words of MetaTrader's reports in the languages of its terminals. */
final class MetaTraderWords {

    private static final Map<String, List<String>> BY_ENGLISH = Map.ofEntries(
            Map.entry(
                    "Time",
                    List.of(
                            "Fecha/Hora",
                            "Hora",
                            "Zeit",
                            "Horário",
                            "Время",
                            "Heure",
                            "Orario",
                            "Ora",
                            "Czas",
                            "Zaman",
                            "时间",
                            "時間")),
            Map.entry(
                    "Position",
                    List.of("Posición", "Posição", "Позиция", "Posizione", "Pozycja", "Pozisyon", "持仓", "仓位", "ポジション")),
            Map.entry(
                    "Symbol",
                    List.of(
                            "Símbolo",
                            "Ativo",
                            "Символ",
                            "Symbole",
                            "Simbolo",
                            "Instrument",
                            "Sembol",
                            "交易品种",
                            "品种",
                            "銘柄")),
            Map.entry("Type", List.of("Tipo", "Typ", "Тип", "Tip", "Tür", "类型", "タイプ")),
            Map.entry("Volume", List.of("Volumen", "Объем", "Объём", "Wolumen", "Hacim", "交易量", "手数", "数量")),
            Map.entry(
                    "Price",
                    List.of(
                            "Precio", "Preis", "Kurs", "Preço", "Цена", "Prix", "Prezzo", "Cena", "Fiyat", "价格", "价位",
                            "価格")),
            Map.entry("S / L", List.of("止损")),
            Map.entry("T / P", List.of("止盈")),
            Map.entry(
                    "Commission",
                    List.of(
                            "Comisión",
                            "Kommission",
                            "Comissão",
                            "Комиссия",
                            "Commissione",
                            "Commissioni",
                            "Prowizja",
                            "Komisyon",
                            "手续费",
                            "手数料")),
            Map.entry("Swap", List.of("Своп", "Echange", "Échange", "库存费", "スワップ")),
            Map.entry(
                    "Profit",
                    List.of(
                            "Beneficio",
                            "Gewinn",
                            "Lucro",
                            "Прибыль",
                            "Bénéfice",
                            "Profitto",
                            "Zysk",
                            "Kâr",
                            "Kar",
                            "盈利",
                            "利润",
                            "損益",
                            "利益")));

    /** The English name of a column by its plain name in another language, as {@link Columns#plain} gives it. */
    static final Map<String, String> COLUMNS = columns();

    /** Pending orders, and bookings without a side. */
    private static final Pattern ORDER =
            Pattern.compile("(buy|sell) (stop|limit|stop limit)|balance|credit|close by|deposit|withdrawal");

    private MetaTraderWords() {}

    /** Whether a type is that of an order or of a booking. */
    static boolean isOrder(String type) {
        return ORDER.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new HashMap<>();
        BY_ENGLISH.forEach((english, others) ->
                others.forEach(other -> columns.put(Columns.plain(other), Columns.plain(english))));
        return Map.copyOf(columns);
    }
}
