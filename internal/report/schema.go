package report

import _ "embed" // the schemas of the JSON exports

// The JSON Schemas of exports of HistoryFormat, PlanFormat, LogFormat, MapsFormat, OwnWordsFormat and
// ConversationFormat. A test holds every export against its own.
var (
	//go:embed schema/history.schema.json
	HistorySchema []byte
	//go:embed schema/plan.schema.json
	PlanSchema []byte
	//go:embed schema/log.schema.json
	LogSchema []byte
	//go:embed schema/maps.schema.json
	MapsSchema []byte
	//go:embed schema/own-words.schema.json
	OwnWordsSchema []byte
	//go:embed schema/conversation.schema.json
	ConversationSchema []byte
)
