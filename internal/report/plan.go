package report

import (
	"time"

	"whetstone/internal/measure"
	"whetstone/internal/model"
)

// betsNeeded is how many bets have to be settled before their score is said: fewer say next to nothing.
const betsNeeded = 5

// Followed gives the commitments of which something was said after the assessment that a result is compared with, and
// until its own, each beside how its competency moved. What was said last counts. It was not the cause: neither is said
// to come of the other.
func (r Reports) Followed(result *model.Result, commitments []model.Commitment) []model.Followed {
	var after time.Time
	if result.Previous != nil {
		after = result.Previous.Assessment.FinishedAt
	}
	var list []model.Followed
	for _, commitment := range commitments {
		var last *model.FollowUp
		for i, followUp := range commitment.FollowUps {
			if followUp.ToldAt.After(after) && !followUp.ToldAt.After(result.Assessment.FinishedAt) {
				last = &commitment.FollowUps[i]
			}
		}
		if last == nil {
			continue
		}
		commitment.Competency = r.Named(commitment.Competency.ID)
		followed := model.Followed{Commitment: commitment, FollowUp: *last}
		if competency, asked := result.Competency(commitment.Competency.ID); asked {
			followed.Judgement = competency.Judgement
		}
		list = append(list, followed)
	}
	return list
}

// Bets settles the bets of commitments by assessments, the oldest first. A bet is settled by the first full assessment after
// it was made, against the last full one before it; where those two can't be compared in the competency, it never is.
func (r Reports) Bets(assessments []model.Answered, commitments []model.Commitment) model.Bet {
	bets := model.Bet{Needs: betsNeeded}
	var forecasts []measure.Forecast
	for _, commitment := range commitments {
		from, to := around(assessments, commitment.MadeAt)
		switch {
		case commitment.Bet == 0 || from < 0:
			continue
		case to < 0:
			bets.Waiting++
			continue
		}
		judgement := r.movement(assessments, from, to, commitment.Competency.ID)
		if judgement == nil || judgement.Verdict == measure.NotComparable {
			continue
		}
		commitment.Competency = r.Named(commitment.Competency.ID)
		settled := model.SettledBet{
			Commitment: commitment, From: assessments[from].Assessment, To: assessments[to].Assessment,
			Judgement: *judgement, Rose: judgement.Direction == measure.Rose,
		}
		bets.Settled = append(bets.Settled, settled)
		forecasts = append(forecasts, measure.Forecast{Chance: float64(commitment.Bet) / 100, Came: settled.Rose})
	}
	if len(forecasts) >= betsNeeded {
		bets.Calibration = measure.Calibrate(forecasts)
	}
	return bets
}

// around finds the last full assessment up to a moment, and the first one after it; -1 for none.
func around(assessments []model.Answered, at time.Time) (before, after int) {
	before, after = -1, -1
	for i, assessment := range assessments {
		switch {
		case assessment.Assessment.Form != model.FullForm:
		case !assessment.Assessment.FinishedAt.After(at):
			before = i
		case after < 0:
			after = i
		}
	}
	return before, after
}

// movement is how a competency moved between two assessments; nil where neither is to be compared in it.
func (r Reports) movement(assessments []model.Answered, from, to int, competencyID string) *measure.Judgement {
	earlier, later := assessments[from], assessments[to]
	result := r.Result(later.Assessment, later.Answers)
	r.Compare(result, earlier.Assessment, earlier.Answers, r.NoiseBetween(assessments, from, to))
	competency, _ := result.Competency(competencyID)
	return competency.Judgement
}

// PlanFormat names the layout of an exported plan.
const PlanFormat = "whetstone-plan-1"

// ExportedPlan is all of a manager's commitments with what became of them.
type ExportedPlan struct {
	Format string `json:"format"`
	// Commitments are the oldest first.
	Commitments []ExportedCommitment `json:"commitments"`
	// Cadence is left out where the manager hasn't chosen one.
	Cadence *ExportedCadence `json:"cadence,omitzero"`
}

// ExportedCadence is how often a manager means to be assessed: the weeks from one pulse and from one full assessment to
// the next, 0 for none.
type ExportedCadence struct {
	PulseWeeks int       `json:"pulse_weeks"`
	FullWeeks  int       `json:"full_weeks"`
	ChosenAt   time.Time `json:"chosen_at"`
}

// ExportedCommitment is one commitment: "When <occasion>, I will <action>".
type ExportedCommitment struct {
	ID         string `json:"id"`
	Competency string `json:"competency"`
	Practice   string `json:"practice,omitzero"`
	// Domain is that of a depth map for which it was made, in the manager's words.
	Domain   string `json:"domain,omitzero"`
	Occasion string `json:"occasion"`
	Action   string `json:"action"`
	Notice   string `json:"notice,omitzero"`
	// Until is the last day of it.
	Until  string    `json:"until"`
	MadeAt time.Time `json:"made_at"`
	// ClosedAt is left out while the manager is at it.
	ClosedAt  time.Time          `json:"closed_at,omitzero"`
	FollowUps []ExportedFollowUp `json:"follow_ups"`
	// Bet is left out where there was none.
	Bet *ExportedBet `json:"bet,omitzero"`
}

// ExportedFollowUp is what became of a commitment at one time: "kept", "partly", "not" or "dropped".
type ExportedFollowUp struct {
	Became    model.Became `json:"became"`
	Line      string       `json:"line,omitzero"`
	CarriedOn bool         `json:"carried_on"`
	ToldAt    time.Time    `json:"told_at"`
}

// ExportedBet is how likely a rise was called, from 0 to 1, and what came; Rose is null until it is settled.
type ExportedBet struct {
	Chance float64 `json:"chance"`
	Rose   *bool   `json:"rose"`
	// From and To are the ids of the assessments between which the change was judged, left out until it is settled.
	From   string             `json:"from,omitzero"`
	To     string             `json:"to,omitzero"`
	Change *ExportedJudgement `json:"change,omitzero"`
}

// ExportPlan gives commitments as an export has them, with what their bets came to, and the cadence.
func ExportPlan(commitments []model.Commitment, bets model.Bet, cadence model.Cadence) *ExportedPlan {
	export := &ExportedPlan{Format: PlanFormat, Commitments: []ExportedCommitment{}}
	export.Cadence = exportCadence(cadence)
	export.Commitments = append(export.Commitments, exportCommitments(commitments, bets)...)
	return export
}

// exportCommitments gives commitments as an export has them, with what their bets came to.
func exportCommitments(commitments []model.Commitment, bets model.Bet) (export []ExportedCommitment) {
	settled := map[string]model.SettledBet{}
	for _, bet := range bets.Settled {
		settled[bet.Commitment.ID] = bet
	}
	for _, commitment := range commitments {
		exported := ExportedCommitment{
			ID: commitment.ID, Competency: commitment.Competency.ID, Practice: commitment.Practice, Domain: commitment.Domain,
			Occasion: commitment.Occasion, Action: commitment.Action, Notice: commitment.Notice,
			Until: commitment.Until.Format(model.DateLayout), MadeAt: commitment.MadeAt, ClosedAt: commitment.ClosedAt,
			FollowUps: []ExportedFollowUp{},
		}
		for _, followUp := range commitment.FollowUps {
			exported.FollowUps = append(exported.FollowUps, ExportedFollowUp{followUp.Became, followUp.Line, followUp.Carried, followUp.ToldAt})
		}
		if commitment.Bet != 0 {
			exported.Bet = &ExportedBet{Chance: float64(commitment.Bet) / 100}
			if bet, found := settled[commitment.ID]; found {
				exported.Bet.Rose, exported.Bet.From, exported.Bet.To = &bet.Rose, bet.From.ID, bet.To.ID
				exported.Bet.Change = exportJudgement(&bet.Judgement)
			}
		}
		export = append(export, exported)
	}
	return export
}

// exportCadence gives a cadence as an export has it; nil where none is chosen.
func exportCadence(cadence model.Cadence) *ExportedCadence {
	if !cadence.Chosen() {
		return nil
	}
	return &ExportedCadence{cadence.PulseWeeks, cadence.FullWeeks, cadence.ChosenAt}
}
