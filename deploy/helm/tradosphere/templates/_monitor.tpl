{{- define "tradosphere.serviceMonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "tradosphere.fullname" . }}
  labels:
    {{- include "tradosphere.metaLabels" . | nindent 4 }}
    {{- with .root.Values.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- include "tradosphere.labels" . | nindent 6 }}
  endpoints:
    - port: {{ .port }}
      path: /q/metrics
      # The gateway's metrics have a label service of their own.
      honorLabels: true
      interval: {{ .root.Values.serviceMonitor.interval }}
{{- end -}}
