#!/usr/bin/env bash
# Makes what the suite needs in a database of PostgreSQL: roles, schemas and passwords. It can run again.
# TRADOSPHERE_DB_URL is postgresql://host:port/database, and PGUSER and PGPASSWORD are a superuser's. TRADOSPHERE_SLICES names the
# slices of this database, separated by commas. PROFILE_OWNER_PASSWORD and so on are the roles' passwords.
# With KEYCLOAK_PASSWORD it also makes a role and a database for Keycloak.
set -euo pipefail
export PGOPTIONS="-c client_min_messages=warning"

psql=(psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname "$TRADOSPHERE_DB_URL")
script="${BOOTSTRAP_SQL:-/bootstrap.sql}"

"${psql[@]}" --command "SET tradosphere.slices = '$TRADOSPHERE_SLICES'" --file "$script" >/dev/null

# \getenv keeps passwords off the command line.
for slice in ${TRADOSPHERE_SLICES//,/ }; do
  for role in owner app admin worker; do
    variable="${slice^^}_${role^^}_PASSWORD"
    [ -n "${!variable:-}" ] || { echo "Set $variable, the password of ${slice}_$role." >&2; exit 1; }
    printf '\\getenv password %s\nALTER ROLE %s PASSWORD :%s;\n' "$variable" "${slice}_$role" "'password'"
  done
done | "${psql[@]}"

if [ -n "${KEYCLOAK_PASSWORD:-}" ]; then
  "${psql[@]}" <<'SQL'
\getenv password KEYCLOAK_PASSWORD
SELECT 'CREATE ROLE keycloak LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keycloak') \gexec
ALTER ROLE keycloak PASSWORD :'password';
SELECT 'CREATE DATABASE keycloak OWNER keycloak'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'keycloak') \gexec
SQL
fi
echo "The database is ready for: $TRADOSPHERE_SLICES."
