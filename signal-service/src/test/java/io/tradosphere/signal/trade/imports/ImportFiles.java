package io.tradosphere.signal.trade.imports;

import java.util.ArrayList;
import java.util.List;

/** Example files of the import formats. */
final class ImportFiles {

    static final String OWN_HEADER =
            "asset,assetType,direction,entryPrice,exitPrice,size,fees,brokerName,brokerTradeId,openedAt,closedAt";

    static final String METATRADER_5 = """
            Trade History Report,,,,,,,,,,,,
            Name:,,,A. Trader,,,,,,,,,
            Account:,,,"1234567 (USD, Some-Server, real, Hedge)",,,,,,,,,
            Positions,,,,,,,,,,,,
            Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit,
            2026.03.02 10:00:00,1001,XAUUSD,buy,0.01,4 182.78,,,2026.03.02 10:30:12,4 186.14,- 0.08,0.00, 3.36,
            2026.03.02 11:00:00,1002,EURUSD.m,sell,0.5, 1.10500, 1.10900, 0,2026.03.02 11:30:00, 1.10700,-3.50,-0.25,- 100.00,
            2026.03.02 12:00:00,1003,US30,sell,1,40000,,,2026.03.02 12:30:00,40000,0,0,0.00,
            Orders,,,,,,,,,,,,
            Open Time,Order,Symbol,Type,Volume,Price,S / L,T / P,Time,State,,Comment,
            2026.03.02 10:00:00,2001,XAUUSD,buy,0.01 / 0.01,market,,,2026.03.02 10:00:00,filled,,,
            """;

    static final String METATRADER_5_GERMAN = """
            Time;Position;Symbol;Type;Volume;Price;S / L;T / P;Time;Price;Commission;Swap;Profit
            2026.03.02 10:00:00;1001;BTCUSD;buy;0,10;64.000,50;63.000,00;;2026.03.02 10:30:12;65.000,50;-1,20;0;100,00
            """;

    static final String METATRADER_4 = """
            Closed Transactions:,,,,,,,,,,,,,
            Ticket,Open Time,Type,Size,Item,Price,S / L,T / P,Close Time,Price,Commission,Taxes,Swap,Profit
            31,2026.01.12 08:30,balance,,,,,,,,,,,"10 000.00"
            32,2026.01.12 08:30,buy,0.10,eurusd,1.10000,0.00000,1.12000,2026.01.12 16:30,1.10500,-0.70,-0.10,0.00,50.00
            ,,,,,,,,,,-0.70,-0.10,0.00,50.00
            Open Trades:,,,,,,,,,,,,,
            33,2026.01.12 08:30,buy,0.10,eurusd,1.10000,0.00000,1.12000,,1.10500,-0.70,0.00,0.00,50.00
            """;

    static final String TOPSTEPX = """
            Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type,TradeDay,TradeDuration,Commissions
            77,MYMH6,11/18/2025 09:45:25 -05:00,11/18/2025 09:56:16 -05:00,46356.000000000,46156.000000000,2.96000,400.000000000,4,Short,11/18/2025 00:00:00 -06:00,00:10:51.2472910,0.5
            78,MESH6,2025-11-19T09:45:25.123+00:00,2025-11-19T09:56:16Z,6000,5990,"$1.48","($50.00)",1,Long,11/19/2025 00:00:00 -06:00,00:10:51,
            """;

    static final String TRADOVATE = """
            symbol,_priceFormat,_priceFormatType,_tickSize,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp,duration
            MNQH6,-2,0,0.25,1001,1002,2,20000.00,20510.00,"$2,040.00",01/22/2026 09:35:12,01/22/2026 09:40:00,4min 48sec
            MNQH6,-2,0,0.25,1004,1003,1,20020.00,20010.00,$(20.00),01/22/2026 10:05:00,01/22/2026 10:01:00,4min
            """;

    private ImportFiles() {}

    /** A file of our own format, with the broker trade ids from first to last. */
    static String own(int first, int last) {
        List<String> lines = new ArrayList<>(List.of(OWN_HEADER));
        for (int trade = first; trade <= last; trade++) {
            lines.add("BTC/USD,crypto,LONG,100,110,1,0.5,Binance,T" + trade
                    + ",2026-01-01T00:00:00Z,2026-01-02T00:00:00Z");
        }
        return String.join("\n", lines);
    }

    /** A file of our own format with these lines after the header. */
    static String own(String... lines) {
        return OWN_HEADER + "\n" + String.join("\n", lines);
    }
}
