-- Migration: V015__signal_lists.sql
-- Description: Indexes that keep a filtered list of signals as cheap where nothing matches as where everything does
-- Author: TradoSphere
-- Date: 2026-11-25

-- A list that is filtered by type, direction or status is put together from the newest of each kind it asks for: 32 index ranges
-- at most. Neither covers a counter, so that counting stays HOT.
CREATE INDEX idx_signals_kind ON signals (asset_type, direction, status, posted_at DESC, id DESC);
CREATE INDEX idx_signals_asset_kind ON signals (asset_symbol, asset_type, direction, status, posted_at DESC, id DESC);
