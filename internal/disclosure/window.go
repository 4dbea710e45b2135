package disclosure

// NearDays is how many days must lie between the closes of two cycles at the least for them to count apart.
const NearDays = 28

// Window is when the answers of a set were given, in whole days counted from any one day: from the day on which its
// cycle opened to the day on which it closed. The zero value is that of a set of which that isn't known.
type Window struct{ Opened, Closed int }

// near tells whether two windows count as one cycle: they close within NearDays, or touch. Whoever answers again so
// soon says nearly the same, and the model's two assessments of a person would be one.
func (w Window) near(other Window) bool {
	if w == (Window{}) || other == (Window{}) {
		return false
	}
	apart := max(w.Closed-other.Closed, other.Closed-w.Closed)
	// Days that follow one another touch.
	return apart <= NearDays || w.Opened <= other.Closed+1 && other.Opened <= w.Closed+1
}
