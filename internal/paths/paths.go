// Package paths names every URL of the app, as functions, under a base path. The routes in
// internal/web are registered with the patterns that stand beside them, so that a link and its route
// can't drift apart.
package paths

import "net/url"

// Route patterns, for http.ServeMux, below the base path.
const (
	HomePattern        = "/{$}"
	AssetsPattern      = "/assets/"
	StartPattern       = "/start"
	AssessmentsPattern = "/assessments"
	AssessmentPattern  = "/assessments/{assessment}"
	QuestionsPattern   = "/assessments/{assessment}/questions/{competency}"
	AnswersPattern     = "/assessments/{assessment}/answers"
	ReviewPattern      = "/assessments/{assessment}/review"
	FinishPattern      = "/assessments/{assessment}/finish"
	DeletePattern      = "/assessments/{assessment}/delete"
	ResultPattern      = "/assessments/{assessment}/result"
	ResultJSONPattern  = "/assessments/{assessment}/result.json"
	ResultCSVPattern   = "/assessments/{assessment}/result.csv"
	RenamePattern      = "/assessments/{assessment}/name"
	ReratingPattern    = "/assessments/{assessment}/looking-back"
	HistoryPattern     = "/history"
	HistoryJSONPattern = "/history.json"
	HistoryCSVPattern  = "/history.csv"
	ComparePattern     = "/history/compare"
	TargetsPattern     = "/marks/{scope}"
	SettingsPattern    = "/settings"
	KeyPattern         = "/settings/recovery-key"
	DevicesPattern     = "/settings/devices"
	EndDevicePattern   = "/settings/devices/{device}/end"
	EndOthersPattern   = "/settings/devices/end-others"
	ErasePattern       = "/settings/delete-everything"
	RecoverPattern     = "/recover"
	MethodPattern      = "/how-we-measure"
	ReliabilityPattern = "/how-we-measure/reliability"
	AboutPattern       = "/about"
	// DemonstrationPattern is served only where an instance holds demonstration data.
	DemonstrationPattern = "/demonstration"
)

// Paths makes the URLs of one installation.
type Paths struct {
	// Base is the path under which the app is served, without a slash at its end: "" at the root,
	// "/whetstone" below it.
	Base string
}

// Home is the landing page.
func (p Paths) Home() string { return p.Base + "/" }

// Asset is a static file, by its hashed path "assets/…".
func (p Paths) Asset(hashed string) string { return p.Base + "/" + hashed }

// Start is where one chooses what to take.
func (p Paths) Start() string { return p.Base + "/start" }

// Assessments is the list of one's own assessments.
func (p Paths) Assessments() string { return p.Base + "/assessments" }

// Assessment is the list of areas of a draft; a finished one leads on to its result.
func (p Paths) Assessment(id string) string { return p.Assessments() + "/" + url.PathEscape(id) }

// Questions is the page of one competency.
func (p Paths) Questions(id, competency string) string {
	return p.Assessment(id) + "/questions/" + url.PathEscape(competency)
}

// Answers is where a script reads and saves single answers.
func (p Paths) Answers(id string) string { return p.Assessment(id) + "/answers" }

// Review is where one checks the answers before finishing.
func (p Paths) Review(id string) string { return p.Assessment(id) + "/review" }

// Finish takes the form that ends a draft.
func (p Paths) Finish(id string) string { return p.Assessment(id) + "/finish" }

// Delete asks before a draft is deleted, and deletes it.
func (p Paths) Delete(id string) string { return p.Assessment(id) + "/delete" }

// Result is what a finished assessment says.
func (p Paths) Result(id string) string { return p.Assessment(id) + "/result" }

// ResultJSON is the result as JSON, with all that is needed to recompute it.
func (p Paths) ResultJSON(id string) string { return p.Result(id) + ".json" }

// ResultCSV is the answers as CSV, one row each.
func (p Paths) ResultCSV(id string) string { return p.Result(id) + ".csv" }

// Rename is where a finished assessment gets a name.
func (p Paths) Rename(id string) string { return p.Assessment(id) + "/name" }

// Rerating is where one looks back at the sitting before an assessment.
func (p Paths) Rerating(id string) string { return p.Assessment(id) + "/looking-back" }

// History is all finished assessments and their trends.
func (p Paths) History() string { return p.Base + "/history" }

// HistoryJSON is the whole history as JSON, with all that is needed to recompute it.
func (p Paths) HistoryJSON() string { return p.History() + ".json" }

// HistoryCSV is all answers of the history as CSV, one row each.
func (p Paths) HistoryCSV() string { return p.History() + ".csv" }

// CompareForm takes the choice of two assessments.
func (p Paths) CompareForm() string { return p.History() + "/compare" }

// Compare sets two assessments side by side.
func (p Paths) Compare(from, to string) string {
	return p.CompareForm() + "?" + url.Values{"from": {from}, "to": {to}}.Encode()
}

// Targets is where one changes one's own marks for a scope.
func (p Paths) Targets(scope string) string { return p.Base + "/marks/" + url.PathEscape(scope) }

// Settings is where one changes how the product treats one.
func (p Paths) Settings() string { return p.Base + "/settings" }

// RecoveryKey is where a recovery key is made.
func (p Paths) RecoveryKey() string { return p.Settings() + "/recovery-key" }

// Devices lists where one is signed in.
func (p Paths) Devices() string { return p.Settings() + "/devices" }

// EndDevice takes the form that signs out one device, by its session's id.
func (p Paths) EndDevice(id string) string { return p.Devices() + "/" + url.PathEscape(id) + "/end" }

// EndOtherDevices takes the form that signs out all devices but this one.
func (p Paths) EndOtherDevices() string { return p.Devices() + "/end-others" }

// Erase asks before everything is deleted, and deletes it.
func (p Paths) Erase() string { return p.Settings() + "/delete-everything" }

// Recover takes the words of a recovery key.
func (p Paths) Recover() string { return p.Base + "/recover" }

// Method is "How we measure".
func (p Paths) Method() string { return p.Base + "/how-we-measure" }

// Reliability takes the choice to count in this instance's reliability.
func (p Paths) Reliability() string { return p.Method() + "/reliability" }

// About credits the source and says who sees what.
func (p Paths) About() string { return p.Base + "/about" }

// Demonstration takes the form that opens the made-up manager of a demonstration instance.
func (p Paths) Demonstration() string { return p.Base + "/demonstration" }
