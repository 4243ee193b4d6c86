{{- define "tradosphere.autoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ include "tradosphere.fullname" . }}
  labels:
    {{- include "tradosphere.metaLabels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ include "tradosphere.fullname" . }}
  minReplicas: {{ .scaling.minReplicas }}
  maxReplicas: {{ .scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ .scaling.targetCPUUtilizationPercentage }}
  behavior:
    scaleDown:
      # A pod that goes ends its event streams, and its partitions move: one at a time.
      policies:
        - type: Pods
          value: 1
          periodSeconds: 60
{{- end -}}
