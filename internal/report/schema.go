package report

import _ "embed" // the schema of the JSON export

// HistorySchema is the JSON Schema of an export of HistoryFormat. A test holds every export against it.
//
//go:embed schema/history.schema.json
var HistorySchema []byte
