{{/* What the schema of the values cannot say. Required values are empty by default, so that lint passes. */}}
{{- define "tradosphere.check" -}}
{{- if gt (len .Release.Name) 28 -}}
{{- fail "Choose a release name of at most 28 characters: the names of all objects begin with it." -}}
{{- end -}}
{{- if empty .Values.oidc.issuer -}}
{{- fail "Set oidc.issuer: the URL of the issuer whose tokens are accepted." -}}
{{- end -}}
{{- if empty .Values.oidc.audience -}}
{{- fail "Set oidc.audience: the audience that tokens must name." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled .Values.ingress.enabled -}}
{{- fail "Enable httpRoute or ingress, not both." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (empty .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs names the Gateway that serves the route." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (empty .Values.ingress.host) -}}
{{- fail "ingress.host is the name under which clients reach the gateway." -}}
{{- end -}}
{{- include "tradosphere.checkKafka" . -}}
{{- include "tradosphere.checkDatabases" . -}}
{{- include "tradosphere.checkScaling" . -}}
{{- if and .Values.secrets.create (empty .Values.secrets.issued) -}}
{{- fail "secrets.create makes no keys of Stripe and Agora: secrets.issued names the secret that has them." -}}
{{- end -}}
{{- if and .Values.secrets.create (eq .Values.secrets.issued .Values.secrets.name) -}}
{{- fail "secrets.create makes the secret secrets.name, so secrets.issued is another one." -}}
{{- end -}}
{{- end -}}

{{- define "tradosphere.checkKafka" -}}
{{- $kafka := .Values.kafka -}}
{{- $strimzi := .Values.strimzi -}}
{{- if $strimzi.enabled -}}
{{- if or $kafka.bootstrapServers (ne $kafka.securityProtocol "PLAINTEXT") $kafka.sasl.mechanism $kafka.sasl.secret $kafka.tls.caSecret $kafka.tls.clientSecret -}}
{{- fail "strimzi.enabled gives the brokers, their authority and the logins: leave kafka as it is, but for kafka.prefix." -}}
{{- end -}}
{{- if eq .Values.topics.mode "check" -}}
{{- fail "strimzi.enabled makes the topics, so topics.mode check has nothing to check." -}}
{{- end -}}
{{- range $name := $strimzi.readers -}}
{{- if or (hasSuffix "-service" $name) (eq $name "tradosphere") -}}
{{- fail (printf "strimzi.readers: %s is a name of the suite's own." $name) -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- if or $strimzi.createCluster $strimzi.readers $strimzi.priceFeeds -}}
{{- fail "strimzi.createCluster, strimzi.readers and strimzi.priceFeeds need strimzi.enabled." -}}
{{- end -}}
{{- if empty $kafka.bootstrapServers -}}
{{- fail "Set kafka.bootstrapServers: host:port, separated by commas; or strimzi.enabled." -}}
{{- end -}}
{{- if and (hasPrefix "SASL" $kafka.securityProtocol) (or (empty $kafka.sasl.secret) (empty $kafka.sasl.mechanism)) -}}
{{- fail (printf "kafka.securityProtocol %s needs kafka.sasl.mechanism and kafka.sasl.secret." $kafka.securityProtocol) -}}
{{- end -}}
{{- if and (not (hasPrefix "SASL" $kafka.securityProtocol)) (or $kafka.sasl.secret $kafka.sasl.mechanism) -}}
{{- fail (printf "kafka.sasl is set, but kafka.securityProtocol %s has no SASL." $kafka.securityProtocol) -}}
{{- end -}}
{{- if and (not (hasSuffix "SSL" $kafka.securityProtocol)) (or $kafka.tls.caSecret $kafka.tls.clientSecret) -}}
{{- fail (printf "kafka.tls is set, but kafka.securityProtocol %s has no TLS." $kafka.securityProtocol) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "tradosphere.checkDatabases" -}}
{{- $passwords := .Values.database.passwords -}}
{{- range $service := (include "tradosphere.services" . | fromYaml).services -}}
{{- $own := index $.Values.services $service.name | default dict -}}
{{- if and (empty $.Values.database.url) (empty $own.databaseUrl) -}}
{{- fail (printf "Set database.url, or services.%s.databaseUrl." $service.name) -}}
{{- end -}}
{{- end -}}
{{- if $passwords.create -}}
{{- if contains "{" $passwords.secret -}}
{{- fail "database.passwords.create makes one secret, so database.passwords.secret has no placeholder." -}}
{{- end -}}
{{- if not (and (contains "{slice}" $passwords.key) (contains "{role}" $passwords.key)) -}}
{{- fail "database.passwords.create needs a key for each role: database.passwords.key has {slice} and {role}." -}}
{{- end -}}
{{- if and .Values.secrets.create (eq $passwords.secret .Values.secrets.name) -}}
{{- fail "database.passwords.create and secrets.create make a secret each: give them different names." -}}
{{- end -}}
{{- end -}}
{{- if .Values.bootstrap.enabled -}}
{{- if empty .Values.bootstrap.secret -}}
{{- fail "bootstrap.secret names the secret with the login of a superuser." -}}
{{- end -}}
{{- range $url, $slices := include "tradosphere.databases" . | fromYaml -}}
{{- if and (contains "{slice}" $.Values.bootstrap.secret) (gt (len $slices) 1) -}}
{{- fail (printf "bootstrap.secret has {slice}, but %s is the database of several." $url) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "tradosphere.checkScaling" -}}
{{- range $service := (include "tradosphere.services" . | fromYaml).services -}}
{{- $own := index $.Values.services $service.name | default dict -}}
{{- $scaling := include "tradosphere.autoscaling" (dict "root" $ "name" $service.name) | fromYaml -}}
{{- $resources := $own.resources | default $.Values.serviceDefaults.resources -}}
{{- include "tradosphere.checkScaled" (dict "name" (printf "services.%s" $service.name) "scaling" $scaling "resources" $resources) -}}
{{- if and $scaling.enabled $own.replicas -}}
{{- fail (printf "services.%s has replicas and autoscaling: leave one out." $service.name) -}}
{{- end -}}
{{- end -}}
{{- include "tradosphere.checkScaled" (dict "name" "gateway" "scaling" .Values.gateway.autoscaling "resources" .Values.gateway.resources) -}}
{{- end -}}

{{- define "tradosphere.checkScaled" -}}
{{- if .scaling.enabled -}}
{{- if lt (int .scaling.maxReplicas) (int .scaling.minReplicas) -}}
{{- fail (printf "%s.autoscaling: maxReplicas is less than minReplicas." .name) -}}
{{- end -}}
{{- if empty (dig "requests" "cpu" "" (default dict .resources)) -}}
{{- fail (printf "%s.autoscaling is by CPU: set resources.requests.cpu." .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
