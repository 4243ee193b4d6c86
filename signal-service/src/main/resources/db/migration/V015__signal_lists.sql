-- Migration: V015__signal_lists.sql
-- Description: Indexes that keep filtered lists of signals cheap, however few signals match
-- Author: TradoSphere
-- Date: 2026-11-25

-- A list filtered by type, direction or status merges the newest of each requested kind: at most 32 index ranges. No index
-- covers a counter, so that counter updates stay HOT.
CREATE INDEX idx_signals_kind ON signals (asset_type, direction, status, posted_at DESC, id DESC) WHERE is_public;
CREATE INDEX idx_signals_asset_kind ON signals (asset_symbol, asset_type, direction, status, posted_at DESC, id DESC) WHERE is_public;
