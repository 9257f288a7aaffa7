{{- define "millrace.labels" -}}
app.kubernetes.io/name: millrace
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: controller
{{- end }}
{{- define "millrace.databaseLabels" -}}
app.kubernetes.io/name: millrace
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: database
{{- end }}
{{- define "millrace.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- define "millrace.serviceUrl" -}}
http://{{ .Release.Name }}.{{ .Release.Namespace }}.svc:8080
{{- end }}
{{- define "millrace.url" -}}
{{- if .Values.server.url -}}
{{ .Values.server.url }}
{{- else if .Values.ingress.enabled -}}
https://{{ .Values.ingress.host }}
{{- else -}}
{{ include "millrace.serviceUrl" . }}
{{- end -}}
{{- end }}
