package io.tradosphere.signal.trade.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.signal.trade.TradeFields;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineReadingTest {

    private static final String OWN = "asset,assetType,direction,entryPrice,size,openedAt,notes\n";
    private static final String METATRADER =
            "Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit\n";
    private static final String TRADOVATE =
            "symbol,_priceFormat,_priceFormatType,_tickSize,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,"
                    + "boughtTimestamp,soldTimestamp,duration\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-02-03 15:45              | 2026-02-03T15:45:00Z",
                "2026-02-03T15:45:12.5+02:00   | 2026-02-03T13:45:12.5Z",
                "2026.02.03 15:45:12           | 2026-02-03T15:45:12Z",
                "2026/2/3 5:45 PM              | 2026-02-03T17:45:00Z",
                "31-01-2026 15:45              | 2026-01-31T15:45:00Z",
                "03.02.2026 15:45:12           | 2026-02-03T15:45:12Z",
                "1/31/2026 12:05:00 AM         | 2026-01-31T00:05:00Z",
                "20260204;094501               | 2026-02-04T09:45:01Z",
                "2026-02-04, 09:45:01          | 2026-02-04T09:45:01Z",
                "02/02/2026 09:45 +0200        | 2026-02-02T07:45:00Z",
                "2026-02-03                    | 2026-02-03T00:00:00Z",
            })
    void a_time_with_one_reading_has_it(String text, String instant) {
        assertThat(ReadFile.of(OWN + "SPY,stocks,LONG,690,1,\"" + text + "\",")
                        .trade()
                        .openedAt())
                .isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"31/31/2026 10:00", "2026-02-30 10:00", "2026-02-03 25:00", "13:00", "2/3/26", "1769900000"})
    void anything_else_is_no_time(String text) {
        assertThat(ReadFile.of(OWN + "SPY,stocks,LONG,690,1," + text + ",").rejected())
                .singleElement()
                .asString()
                .contains("is not a time");
    }

    @Test
    void a_day_and_a_month_are_told_apart_by_the_other_dates_of_their_form() {
        String unclear = "SPY,stocks,LONG,690,1,2/3/2026 9:45:12 AM,\n";

        assertThat(ReadFile.of(OWN + unclear + "SPY,stocks,LONG,690,1,1/31/2026 9:45:12 AM,")
                        .trades()
                        .get(0)
                        .openedAt())
                .isEqualTo("2026-02-03T09:45:12Z");
        assertThat(ReadFile.of(OWN + unclear + "SPY,stocks,LONG,690,1,31/1/2026 9:45:12 AM,")
                        .trades()
                        .get(0)
                        .openedAt())
                .isEqualTo("2026-03-02T09:45:12Z");
        assertThat(ReadFile.of(OWN + unclear + "SPY,stocks,LONG,690,1,31-01-2026 15:45,")
                        .rejected())
                .containsExactly("2: openedAt 2/3/2026 9:45:12 AM is unclear: 2026-02-03 or 2026-03-02; write it as"
                        + " 2026-01-31 15:45:00");
    }

    @Test
    void a_form_that_is_known_for_its_dates_is_still_read_as_the_file_shows() {
        String line = "MESH6,-2,0,0.25,11,12,1,6801.00,6803.00,$10.00,";

        assertThat(ReadFile.of(TRADOVATE + line + "02/03/2026 10:00:07,02/03/2026 10:01:07,")
                        .trade()
                        .openedAt())
                .isEqualTo("2026-02-03T10:00:07Z");
        assertThat(ReadFile.of(TRADOVATE + line + "02/03/2026 10:00:07,13/03/2026 10:01:07,")
                        .trade()
                        .openedAt())
                .isEqualTo("2026-03-02T10:00:07Z");
    }

    @Test
    void a_date_without_a_time_is_the_beginning_of_that_day_and_that_is_said() {
        ReadFile file = ReadFile.inZone(OWN + "SPY,stocks,LONG,690,1,2026-02-03,", "America/New_York");

        assertThat(file.trade().openedAt()).isEqualTo("2026-02-03T05:00:00Z");
        assertThat(file.notices()).singleElement().asString().contains("has no time of day");
    }

    @Test
    void an_hour_that_a_clock_has_twice_or_never_is_said() {
        ReadFile file = ReadFile.inZone(
                METATRADER
                        + "2025.11.02 01:50:00,71,ETHUSD,buy,1,3900,,,2025.11.02 01:10:00,3910,0,0,10.00\n"
                        + "2025.11.02 01:10:00,72,ETHUSD,buy,1,3900,,,2025.11.02 01:50:00,3910,0,0,10.00\n"
                        + "2026.03.08 02:20:00,73,ETHUSD,buy,1,3900,,,2026.03.08 05:00:00,3910,0,0,10.00\n"
                        + "2026.03.08 01:20:00,74,ETHUSD,buy,1,3900,,,2026.03.08 05:00:00,3910,0,0,10.00\n",
                "America/New_York");

        assertThat(file.accepted())
                .extracting(TradeFields::openedAt)
                .hasToString("[2025-11-02T05:50:00Z, 2026-03-08T06:20:00Z]");
        assertThat(file.accepted().get(0).closedAt()).isEqualTo("2025-11-02T06:10:00Z");
        assertThat(file.notices()).hasSize(2).allMatch(notice -> notice.contains("the clock had twice"));
        assertThat(file.rejected())
                .containsExactly(
                        "3: Time 2025.11.02 01:10:00 is in an hour that the clock had twice: 2025-11-02T05:10:00Z or"
                                + " 2025-11-02T06:10:00Z; send it with its offset from UTC",
                        "4: Time 2026.03.08 02:20:00 was never shown by the clock of America/New_York, which was put forward"
                                + " then");
    }

    @Test
    void ids_that_a_spreadsheet_rounded_never_make_two_trades_the_same() {
        ReadFile file = ReadFile.of(
                TRADOVATE
                        + "MESH6,-2,0,0.25,4.4E+11,4.4E+11,1,6803.00,6807.00,$20.00,02/03/2026 10:00:00,02/03/2026 10:09:00,\n"
                        + "MESH6,-2,0,0.25,4.4E+11,4.4E+11,1,6804.00,6808.00,$20.00,02/04/2026 10:00:00,02/04/2026 10:09:00,\n");
        ReadFile zeros = ReadFile.of(METATRADER
                + "2026.02.03 10:00:00,123456789012345000,ETHUSD,buy,1,3900,,,2026.02.03 11:10:00,3910,0,0,10.00\n"
                + "2026.02.04 10:00:00,123456789012345000,ETHUSD,buy,1,3900,,,2026.02.04 11:10:00,3910,0,0,10.00\n");

        assertThat(file.trades()).hasSize(2).allMatch(trade -> trade.brokerTradeId() == null);
        assertThat(file.notices()).hasSize(4).allMatch(notice -> notice.contains("was rounded by a spreadsheet"));
        assertThat(zeros.trades()).hasSize(2);
    }

    @Test
    void the_side_of_a_trade_within_a_second_is_told_by_its_fills_or_not_at_all() {
        String sameSecond = "1,6801.00,6803.00,$10.00,02/04/2026 10:00:07,02/04/2026 10:00:07,\n";
        ReadFile file = ReadFile.of(TRADOVATE
                + "MESH6,-2,0,0.25,440012000290,440012000150," + sameSecond
                + "MESH6,-2,0,0.25,440012000310,440012000350," + sameSecond
                + "MESH6,-2,0,0.25,4.40012E+11,4.40012E+11," + sameSecond
                + "MESH6,-2,0,0.25,a77,b78," + sameSecond);

        assertThat(file.accepted()).extracting(TradeFields::direction).containsExactly("SHORT", "LONG");
        assertThat(file.accepted().get(0).entryPrice()).isEqualByComparingTo("6803");
        assertThat(file.rejected()).hasSize(2).allMatch(reason -> reason.contains("LONG or SHORT"));
    }

    @Test
    void a_stray_quote_costs_its_line_or_nothing() {
        List<TradeFields> trades = ReadFile.of(OWN
                        + "SPY,stocks,LONG,690,1,2026-02-04 15:00,\"27 inch\n"
                        + "SPY,stocks,LONG,691,2,2026-02-04 15:00,on a 27\" screen\n"
                        + "SPY,stocks,LONG,692,3,2026-02-04 15:00,\"two\nlines, \"\"quoted\"\"\"\n"
                        + "SPY,stocks,LONG,693,4,2026-02-04 15:00,\"and another\n")
                .trades();

        assertThat(trades)
                .extracting(TradeFields::notes)
                .containsExactly("\"27 inch", "on a 27\" screen", "two\nlines, \"quoted\"", "\"and another");
    }

    @Test
    void unknown_columns_and_odd_lines_cost_themselves() {
        ReadFile file = ReadFile.of("asset,mood,assetType,direction,entryPrice,size,openedAt,setup grade\n"
                + "SPY,fine,stocks,LONG,690,5,2026-02-04 15:00,A\n"
                + "total,,,,690\n"
                + "SPY,fine,stocks,LONG,691,5,2026-02-04 15:00,A,and,more\n"
                + "SPY,fine,stocks,LONG,691,5,2026-02-04 15:00,A,,\n");

        assertThat(file.accepted()).hasSize(2);
        assertThat(file.rejected()).hasSize(2);
        assertThat(file.drafts().ignored()).containsExactly("mood", "setup grade");
    }

    @Test
    void the_declared_charset_is_honoured() {
        String csv = OWN.replace(',', ';') + "ALV.DE;stocks;LONG;350,10;5;2026-02-04 10:00;Rücklauf – 5 €\n";

        assertThat(ReadFile.of(csv, Charset.forName("windows-1252"), "windows-1252")
                        .trade())
                .isEqualTo(ReadFile.of(csv).trade());
        assertThat(ReadFile.of(csv, StandardCharsets.UTF_16LE, "utf-16").trade())
                .isEqualTo(ReadFile.of(csv).trade());
        assertThat(ReadFile.of(csv, StandardCharsets.UTF_16BE, "UTF-16").trade().notes())
                .isEqualTo("Rücklauf – 5 €");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fecha/Hora;Posición;Símbolo;Tipo;Volumen;Precio;S / L;T / P;Fecha/Hora;Precio;Comisión;Swap;Beneficio",
                "Zeit;Position;Symbol;Typ;Volumen;Preis;S / L;T / P;Zeit;Preis;Kommission;Swap;Gewinn",
                "Horário;Posição;Ativo;Tipo;Volume;Preço;S / L;T / P;Horário;Preço;Comissão;Swap;Lucro",
                "Время;Позиция;Символ;Тип;Объем;Цена;S / L;T / P;Время;Цена;Комиссия;Своп;Прибыль",
                "Heure;Position;Symbole;Type;Volume;Prix;S / L;T / P;Heure;Prix;Commission;Echange;Bénéfice",
            })
    void reports_of_terminals_in_other_languages_are_read(String header) {
        TradeFields trade = ReadFile.of(
                        header + "\n"
                                + "2026.02.03 10:00:00;82;EURUSD;sell;0.20;1.18000;;;2026.02.03 10:30:12;1.17900;-1.40;0.00;20.00\n")
                .trade();

        assertThat(trade.direction()).isEqualTo("SHORT");
        assertThat(trade.fees()).isEqualByComparingTo("1.4");
        assertThat(trade.size()).isEqualByComparingTo("20000");
    }

    @Test
    void statements_and_reports_of_metatrader_are_read_as_the_pages_that_it_saves() {
        TradeFields four = ReadFile.of("<html><head><title>Statement: 1</title></head><body><table>"
                        + "<tr align=left><td colspan=13><b>Closed Transactions:</b></td></tr>"
                        + "<tr align=center><td>Ticket</td><td nowrap>Open Time</td><td>Type</td><td>Size</td><td>Item</td><td>Price</td>"
                        + "<td>S / L</td><td>T / P</td><td nowrap>Close Time</td><td>Price</td><td>Commission</td><td>Taxes</td><td>Swap</td><td>Profit</td></tr>"
                        + "<tr align=right><td>41</td><td class=msdate nowrap>2026.02.03 08:30:00</td><td>balance</td><td colspan=10 align=left>Deposit</td><td class=mspt>10&nbsp;000.00</td></tr>"
                        + "<tr align=right><td>42</td><td>2026.02.03 08:30:00</td><td>sell</td><td>0.10</td><td>gbpusd</td><td>1.30000</td><td>0.00000</td><td>0.00000</td>"
                        + "<td>2026.02.03 16:30:00</td><td>1.31000</td><td>-0.70</td><td>0.00</td><td>0.00</td><td>-100.00</td></tr>"
                        + "<tr align=left><td colspan=13><b>Open Trades:</b></td></tr></table></body></html>")
                .trade();
        TradeFields five = ReadFile.of("<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<html><table>\n"
                        + "<tr align=\"center\"><th colspan=\"14\"><div><b>Posiciones</b></div></th></tr>\n"
                        + "<tr><td><b>Fecha/Hora</b></td><td><b>Posición</b></td><td><b>Símbolo</b></td><td><b>Tipo</b></td><td><b>Volumen</b></td><td><b>Precio</b></td>"
                        + "<td><b>S / L</b></td><td><b>T / P</b></td><td><b>Fecha/Hora</b></td><td><b>Precio</b></td><td><b>Comisión</b></td><td><b>Swap</b></td><td colspan=\"2\"><b>Beneficio</b></td></tr>\n"
                        + "<tr><td>2026.02.03 10:00:00</td><td>83</td><td>XAUUSD</td><td>buy</td><td class=\"hidden\" colspan=\"8\"></td><td>0.10</td><td>4 900.10</td>"
                        + "<td></td><td></td><td>2026.02.03 10:30:12</td><td>4 910.10</td><td>-1.40</td><td>0.00</td><td colspan=\"2\">100.00</td></tr>\n"
                        + "<tr align=\"center\"><th colspan=\"14\"><div><b>Órdenes</b></div></th></tr></table></html>")
                .trade();

        assertThat(four.direction()).isEqualTo("SHORT");
        assertThat(four.size()).isEqualByComparingTo("10000");
        assertThat(five.entryPrice()).isEqualByComparingTo("4900.10");
        assertThat(five.size()).isEqualByComparingTo("10");
        assertThat(five.brokerTradeId()).isEqualTo("83");
    }

    @Test
    void a_page_whose_rows_never_end_is_read_once_not_once_a_row() {
        String page = "<html><table>" + "<tr>".repeat(300_000);

        assertThat(HtmlRows.of(page)).hasSize(300_000);
    }

    @Test
    void the_history_of_the_web_terminal_is_read_and_a_type_that_is_not_known_is_said() {
        ReadFile file = ReadFile.of(
                "\"Order\",\"Open time\",\"Type\",\"Lot\",\"Symbol\",\"Open price\",\"Sl\",\"Tp\",\"Close time\",\"Price\",\"Commission\",\"Swap\",\"Profit / Loss\"\n"
                        + "92,\"2026-02-03 09:44:10\",Sell,2,SAP.D,250.10,0,0,\"2026-02-03 10:54:10\",249.10,-5,0,2\n"
                        + "93,\"2026-02-03 09:44:10\",Balance,,,,,,,,,,1000\n"
                        + "94,\"2026-02-03 09:44:10\",Nákup,2,SAP.D,250.10,0,0,\"2026-02-03 10:54:10\",249.10,-5,0,2\n");

        assertThat(file.accepted()).singleElement().satisfies(trade -> {
            assertThat(trade.direction()).isEqualTo("SHORT");
            assertThat(trade.stopLoss()).isNull();
            assertThat(trade.openedAt()).isEqualTo("2026-02-03T09:44:10Z");
        });
        assertThat(file.rejected()).containsExactly("4: Type Nákup is neither buy nor sell");
    }
}
