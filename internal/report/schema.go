package report

import _ "embed" // the schemas of the JSON exports

// The JSON Schemas of exports of HistoryFormat, PlanFormat, LogFormat and MapsFormat. A test holds every export against its own.
var (
	//go:embed schema/history.schema.json
	HistorySchema []byte
	//go:embed schema/plan.schema.json
	PlanSchema []byte
	//go:embed schema/log.schema.json
	LogSchema []byte
	//go:embed schema/maps.schema.json
	MapsSchema []byte
)
