{{/* The descriptions of the services, from their service.yaml. */}}
{{- define "tradosphere.services" -}}
{{- .Files.Get "files/services.yaml" -}}
{{- end -}}

{{- define "tradosphere.labels" -}}
app.kubernetes.io/part-of: tradosphere
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/name: {{ .name }}
{{- end -}}

{{- define "tradosphere.metaLabels" -}}
{{ include "tradosphere.labels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{- define "tradosphere.fullname" -}}
{{- printf "%s-%s" .root.Release.Name .name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The events of each service, from the contract: what it writes and reads. */}}
{{- define "tradosphere.events" -}}
{{- .Files.Get "files/events.yaml" -}}
{{- end -}}

{{/* The URL of the database of a service. */}}
{{- define "tradosphere.databaseUrl" -}}
{{- $own := index .root.Values.services .service.name | default dict -}}
{{- default .root.Values.database.url $own.databaseUrl -}}
{{- end -}}

{{/* The databases: the slices of each URL. */}}
{{- define "tradosphere.databases" -}}
{{- $databases := dict -}}
{{- range $service := (include "tradosphere.services" . | fromYaml).services -}}
{{- $url := include "tradosphere.databaseUrl" (dict "root" $ "service" $service) -}}
{{- $_ := set $databases $url (append (index $databases $url | default list) $service.schema) -}}
{{- end -}}
{{- toYaml $databases -}}
{{- end -}}

{{/* The port of a URL, or of host:port; .otherwise when it names none. */}}
{{- define "tradosphere.port" -}}
{{- $authority := regexReplaceAll "^[a-z]+://" .url "" | splitList "/" | first -}}
{{- $port := regexFind ":[0-9]+$" $authority | trimPrefix ":" -}}
{{- default .otherwise $port -}}
{{- end -}}

{{/* The ports that services reach outside: a list. */}}
{{- define "tradosphere.egressPorts" -}}
{{- $ports := list (include "tradosphere.port" (dict "url" .Values.oidc.issuer "otherwise" "443")) -}}
{{- range $url, $slices := include "tradosphere.databases" . | fromYaml -}}
{{- $ports = append $ports (include "tradosphere.port" (dict "url" $url "otherwise" "5432")) -}}
{{- end -}}
{{- range $server := (include "tradosphere.brokers" . | fromYaml).bootstrapServers | splitList "," -}}
{{- $ports = append $ports (include "tradosphere.port" (dict "url" (trim $server) "otherwise" "9092")) -}}
{{- end -}}
{{- with .Values.tracing.endpoint -}}
{{- $ports = append $ports (include "tradosphere.collectorPort" .) -}}
{{- end -}}
{{- range $port := .Values.networkPolicy.egressPorts -}}
{{- $ports = append $ports (printf "%.0f" (float64 $port)) -}}
{{- end -}}
{{- range $port := $ports | uniq | sortAlpha }}
- {{ $port }}
{{- end -}}
{{- end -}}

{{- define "tradosphere.collectorPort" -}}
{{- include "tradosphere.port" (dict "url" . "otherwise" (ternary "443" "80" (hasPrefix "https:" .))) -}}
{{- end -}}

{{/* The name of a secret or key, for a slice and a role of its own. */}}
{{- define "tradosphere.ofRole" -}}
{{- .text | replace "{slice}" .slice | replace "{role}" .role -}}
{{- end -}}

{{/* The secret with a variable: random values are the installation's own, all others come from elsewhere. */}}
{{- define "tradosphere.secretOf" -}}
{{- $secrets := .root.Values.secrets -}}
{{- if has .variable (include "tradosphere.randomSecrets" .root | fromYamlArray) -}}
{{- $secrets.name -}}
{{- else -}}
{{- default $secrets.name $secrets.issued -}}
{{- end -}}
{{- end -}}

{{- define "tradosphere.randomSecrets" -}}
[TRADOSPHERE_INTERNAL_TOKEN, TRADOSPHERE_CURSOR_SECRET, USERNAME_SECRET]
{{- end -}}

{{/* How a service scales: its own values over the defaults. */}}
{{- define "tradosphere.autoscaling" -}}
{{- $own := index .root.Values.services .name | default dict -}}
{{- mergeOverwrite (deepCopy .root.Values.serviceDefaults.autoscaling) (default dict $own.autoscaling) | toYaml -}}
{{- end -}}

{{- define "tradosphere.image" -}}
{{ printf "%s/%s:%s" .root.Values.image.repository .name (default .root.Chart.AppVersion .root.Values.image.tag) }}
{{- end -}}

{{- define "tradosphere.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "tradosphere.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "tradosphere.spread" -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "tradosphere.labels" . | nindent 6 }}
{{- end -}}

{{- define "tradosphere.secret" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key | default .variable }}
{{- end -}}

{{/* The address and the passwords of some roles of a slice. */}}
{{- define "tradosphere.database" -}}
{{- $passwords := .root.Values.database.passwords -}}
{{- $slice := .service.schema -}}
- name: TRADOSPHERE_DB_URL
  value: {{ include "tradosphere.databaseUrl" . | quote }}
{{- range $role := .roles }}
{{ include "tradosphere.secret" (dict
  "variable" (printf "TRADOSPHERE_DB_%s_PASSWORD" (upper $role))
  "secret" (include "tradosphere.ofRole" (dict "text" $passwords.secret "slice" $slice "role" $role))
  "key" (include "tradosphere.ofRole" (dict "text" $passwords.key "slice" $slice "role" $role))) }}
{{- end }}
{{- end -}}

{{/* How clients reach Kafka: values.kafka, or what follows from the Kafka object of Strimzi. */}}
{{- define "tradosphere.brokers" -}}
{{- if .Values.strimzi.enabled -}}
{{- $strimzi := .Values.strimzi -}}
{{- $login := printf "%s-{service}" .Release.Name -}}
{{- $byTls := eq $strimzi.authentication "tls" -}}
bootstrapServers: {{ $strimzi.cluster }}-kafka-bootstrap:9093
securityProtocol: {{ ternary "SSL" "SASL_SSL" $byTls }}
sasl:
  mechanism: {{ ternary "" "SCRAM-SHA-512" $byTls | quote }}
  secret: {{ ternary "" $login $byTls | quote }}
  key: sasl.jaas.config
tls:
  type: PEM
  caSecret: {{ $strimzi.cluster }}-cluster-ca-cert
  clientSecret: {{ ternary $login "" $byTls | quote }}
  pem: {ca: ca.crt, certificate: user.crt, key: user.key}
{{- else -}}
{{- toYaml .Values.kafka -}}
{{- end -}}
{{- end -}}

{{/* The settings of Kafka clients; name is the service's, or topics. */}}
{{- define "tradosphere.kafka" -}}
{{- $kafka := include "tradosphere.brokers" .root | fromYaml -}}
{{- $tls := $kafka.tls -}}
{{- $clientSecret := $tls.clientSecret | replace "{service}" .name -}}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ $kafka.bootstrapServers | quote }}
- name: TRADOSPHERE_KAFKA_PREFIX
  value: {{ .root.Values.kafka.prefix | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ $kafka.securityProtocol }}
{{- if $kafka.sasl.mechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ $kafka.sasl.mechanism }}
{{ include "tradosphere.secret" (dict "variable" "KAFKA_SASL_JAAS_CONFIG" "secret" ($kafka.sasl.secret | replace "{service}" .name) "key" $kafka.sasl.key) }}
{{- end }}
{{- if $tls.caSecret }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: {{ $tls.type }}
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/tradosphere/kafka/ca/{{ ternary $tls.pem.ca (dig "pkcs12" "ca" "" $tls) (eq $tls.type "PEM") }}
{{- if eq $tls.type "PKCS12" }}
{{ include "tradosphere.secret" (dict "variable" "KAFKA_SSL_TRUSTSTORE_PASSWORD" "secret" $tls.caSecret "key" $tls.pkcs12.caPassword) }}
{{- end }}
{{- end }}
{{- if $clientSecret }}
- name: KAFKA_SSL_KEYSTORE_TYPE
  value: {{ $tls.type }}
{{- if eq $tls.type "PEM" }}
{{ include "tradosphere.secret" (dict "variable" "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN" "secret" $clientSecret "key" $tls.pem.certificate) }}
{{ include "tradosphere.secret" (dict "variable" "KAFKA_SSL_KEYSTORE_KEY" "secret" $clientSecret "key" $tls.pem.key) }}
{{- else }}
- name: KAFKA_SSL_KEYSTORE_LOCATION
  value: /etc/tradosphere/kafka/client/{{ $tls.pkcs12.client }}
{{ include "tradosphere.secret" (dict "variable" "KAFKA_SSL_KEYSTORE_PASSWORD" "secret" $clientSecret "key" $tls.pkcs12.clientPassword) }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What the services and the gateway have in common: the log and the spans. */}}
{{- define "tradosphere.telemetry" -}}
- name: TRADOSPHERE_LOG
  value: {{ .root.Values.log.format }}
- name: TRADOSPHERE_LOG_REQUESTS
  value: {{ ternary "on" "off" .root.Values.log.requests | quote }}
{{- with .root.Values.tracing.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- if eq $.name "gateway" }}
- name: OTEL_TRACES_SAMPLER
  value: traceidratio
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ $.root.Values.tracing.ratio | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The files of a client of Kafka; name is the service's, or topics. */}}
{{- define "tradosphere.kafkaMounts" -}}
{{- $tls := (include "tradosphere.brokers" .root | fromYaml).tls -}}
{{- if $tls.caSecret }}
- name: kafka-ca
  mountPath: /etc/tradosphere/kafka/ca
  readOnly: true
{{- end }}
{{- if and $tls.clientSecret (eq $tls.type "PKCS12") }}
- name: kafka-client
  mountPath: /etc/tradosphere/kafka/client
  readOnly: true
{{- end }}
{{- end -}}

{{- define "tradosphere.kafkaVolumes" -}}
{{- $tls := (include "tradosphere.brokers" .root | fromYaml).tls -}}
{{- if $tls.caSecret }}
{{- $file := ternary $tls.pem.ca (dig "pkcs12" "ca" "" $tls) (eq $tls.type "PEM") }}
- name: kafka-ca
  secret:
    secretName: {{ $tls.caSecret }}
    items:
      - key: {{ $file }}
        path: {{ $file }}
{{- end }}
{{- if and $tls.clientSecret (eq $tls.type "PKCS12") }}
- name: kafka-client
  secret:
    secretName: {{ $tls.clientSecret | replace "{service}" .name }}
    items:
      - key: {{ $tls.pkcs12.client }}
        path: {{ $tls.pkcs12.client }}
{{- end }}
{{- end -}}

{{- define "tradosphere.settings" -}}
{{- range $variable, $value := . }}
- name: {{ $variable }}
  {{- /* Helm reads a number as a float. */}}
  value: {{ (ternary (printf "%.0f" (float64 (ternary $value 0.0 (kindIs "float64" $value)))) (toString $value) (kindIs "float64" $value)) | quote }}
{{- end }}
{{- end -}}
