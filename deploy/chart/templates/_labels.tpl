{{- define "gwchain.labels" -}}
app.kubernetes.io/name: gwchain
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "gwchain.subjects" -}}
- kind: ServiceAccount
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{- /* Numbers of values files are floating-point: 1000000 would be written 1e+06. */ -}}
{{- define "gwchain.flag" -}}
{{ if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- end -}}
