DROP FUNCTION hand_over_clan(uuid, uuid);
DROP FUNCTION clan_for_change(uuid);
DROP TABLE clan_members;
DROP TABLE clans;
DROP FUNCTION crown_founder();
DROP FUNCTION count_clan_members();
DROP FUNCTION stamp_clan_member();
DROP FUNCTION own_role(uuid);
