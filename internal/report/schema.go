package report

import _ "embed" // the schemas of the JSON exports

// The JSON Schemas of exports of HistoryFormat, PlanFormat and LogFormat. A test holds every export against its own.
var (
	//go:embed schema/history.schema.json
	HistorySchema []byte
	//go:embed schema/plan.schema.json
	PlanSchema []byte
	//go:embed schema/log.schema.json
	LogSchema []byte
)
