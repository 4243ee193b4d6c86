{{/* A Job of one revision of the release: what it does is done again for each, and changes nothing where it is done. */}}
{{- define "tradosphere.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "tradosphere.fullname" . | trunc 52 }}-{{ .root.Release.Revision }}
  labels:
    {{- include "tradosphere.metaLabels" . | nindent 4 }}
spec:
  backoffLimit: 6
  template:
    {{- include "tradosphere.jobPod" (merge (dict "restartPolicy" "OnFailure") .) | nindent 4 }}
{{- end -}}

{{/*
The pod of a Job or CronJob: image, name and env; command, args, mounts and volumes where it has any.
*/}}
{{- define "tradosphere.jobPod" -}}
metadata:
  labels:
    {{- include "tradosphere.metaLabels" . | nindent 4 }}
spec:
  restartPolicy: {{ .restartPolicy }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "tradosphere.podSecurity" .root | nindent 4 }}
  containers:
    - name: job
      image: {{ .image }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      {{- with .command }}
      command:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .args }}
      args:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "tradosphere.containerSecurity" .root | nindent 8 }}
      env:
        {{- .env | nindent 8 }}
      resources:
        requests:
          cpu: 100m
          memory: 256Mi
        limits:
          memory: 384Mi
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- .mounts | default "" | indent 8 }}
  volumes:
    - name: tmp
      emptyDir: {}
    {{- .volumes | default "" | indent 4 }}
{{- end -}}
