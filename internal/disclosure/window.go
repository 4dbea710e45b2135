package disclosure

// NearDays is the least number of days between the closes of two cycles for them to count separately.
const NearDays = 28

// Window is when the answers of a set were given, in whole days counted from any one day: from the day on which its
// cycle opened to the day on which it closed. The zero value is for a set for which that isn't known.
type Window struct{ Opened, Closed int }

// near reports whether two windows count as one cycle: they close within NearDays, or touch. People who answer again
// so soon say nearly the same, and the model's two assessments of a person would really be one.
func (w Window) near(other Window) bool {
	if w == (Window{}) || other == (Window{}) {
		return false
	}
	apart := max(w.Closed-other.Closed, other.Closed-w.Closed)
	// Consecutive days touch.
	return apart <= NearDays || w.Opened <= other.Closed+1 && other.Opened <= w.Closed+1
}
