DROP TABLE prize_candidates;
DROP TABLE payouts;
DROP POLICY "Who can be paid is viewable by admins" ON payout_accounts;
REVOKE SELECT (profile_id, payouts_enabled) ON payout_accounts FROM ${slice}_admin;
